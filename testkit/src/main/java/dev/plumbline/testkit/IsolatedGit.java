package dev.plumbline.testkit;

import java.util.Objects;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps JGit away from the configuration and the home folder of whoever runs the tests. */
final class IsolatedGit extends SystemReader.Delegate {
    private IsolatedGit(SystemReader delegate) {
        super(delegate);
    }

    static synchronized void install() {
        SystemReader present = Objects.requireNonNull(SystemReader.getInstance());
        if (present.getClass().getName().startsWith("org.eclipse.jgit.")) {
            SystemReader.setInstance(new IsolatedGit(present));
        }
        FS.FileStoreAttributes.setBackground(true);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            clear();
        }

        @Override
        public void save() {
            // What JGit measures of a file system is not kept.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
