package dev.plumbline.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps JGit away from the configuration and the home folder of whoever runs the tests. */
final class IsolatedGit extends SystemReader.Delegate {
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofMillis(50);

    private IsolatedGit(SystemReader delegate) {
        super(delegate);
    }

    static synchronized void install() {
        SystemReader present = Objects.requireNonNull(SystemReader.getInstance());
        if (present.getClass().getName().startsWith("org.eclipse.jgit.")) {
            SystemReader.setInstance(new IsolatedGit(present));
        }
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

        /** Answers for the file system, which JGit would else measure for seconds by writing into the repository. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }
    }
}
