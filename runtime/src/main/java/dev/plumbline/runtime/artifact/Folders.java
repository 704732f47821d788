package dev.plumbline.runtime.artifact;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Durability of folder entries. */
final class Folders {
    private Folders() {}

    /** Forces a folder's entries to disk, where the platform lets a folder be opened. */
    static void force(Path folder) throws IOException {
        if (File.separatorChar != '/') {
            // Windows gives no handle on a folder; its file system logs renames itself.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
