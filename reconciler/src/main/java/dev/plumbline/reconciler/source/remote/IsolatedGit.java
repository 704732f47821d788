package dev.plumbline.reconciler.source.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Git apart from the person's own: neither the user's nor the system's configuration is read, so no filter, hook,
 * helper or include of theirs can act, and nothing is written to their home.
 */
public final class IsolatedGit extends SystemReader.Delegate {
    /** As long as a time stamp of a file can be old without saying so; usual file systems have a millisecond. */
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofMillis(50);

    private static final Set<String> TRANSPORTS = Set.of("file", "http", "https", "ssh", "ssh+git", "git+ssh");

    private IsolatedGit(SystemReader delegate) {
        super(delegate);
    }

    /** Makes it so for this whole process; doing it again changes nothing. */
    public static synchronized void install() {
        SystemReader present = Objects.requireNonNull(SystemReader.getInstance());
        if (!(present instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(present));
            keepTransports();
        }
    }

    /** Forgets every way to a remote that {@link Remote} does not take: what is not there cannot be talked into acting. */
    private static void keepTransports() {
        Transport.getTransportProtocols().stream()
                .filter(protocol -> !TRANSPORTS.containsAll(protocol.getSchemes()))
                .forEach(Transport::unregister);
    }

    @Override
    public @Nullable String getenv(String variable) {
        // GIT_DIR and its like would move our repositories; the XDG folders hold configuration of the person.
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public @Nullable Path getXdgConfigDirectory(FS fs) {
        return null;
    }

    @Override
    public @Nullable Path getXdgCacheDirectory(FS fs) {
        return null;
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
            // Kept nowhere: what would be written belongs into the person's home.
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
