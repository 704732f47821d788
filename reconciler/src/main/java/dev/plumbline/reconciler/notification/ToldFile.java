package dev.plumbline.reconciler.notification;

import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Keeps what has arrived over a restart. One that is lost or broken makes the next start tell again what still holds. */
final class ToldFile {
    private static final Logger LOG = LoggerFactory.getLogger(ToldFile.class);

    private final Path file;

    ToldFile(Path file) {
        this.file = file;
    }

    Told read() {
        try {
            return Json.read(Files.readAllBytes(file), Told.class);
        } catch (NoSuchFileException none) {
            return Told.nothing();
        } catch (IOException | JacksonException | IllegalArgumentException broken) {
            LOG.warn("What was told to others cannot be read, so what still holds is told again", broken);
            return Told.nothing();
        }
    }

    void write(Told told) throws IOException {
        Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "told", ".tmp");
        try {
            Files.write(next, Json.canonical(told));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
