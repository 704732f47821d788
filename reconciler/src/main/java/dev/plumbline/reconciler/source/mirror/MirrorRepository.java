package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.FetchLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * The mirror's repository, which takes no more of a fetch than its limits allow, by whatever way the remote is reached:
 * every pack that comes in passes here. Thread-safe, as long as one fetch goes on at a time.
 */
final class MirrorRepository extends FileRepository {
    private volatile Optional<FetchLimits> limits = Optional.empty();

    private MirrorRepository(FileRepositoryBuilder builder) throws IOException {
        super(builder);
    }

    private static MirrorRepository at(Path folder) throws IOException {
        MirrorRepository repository = new MirrorRepository(new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(false)
                .setup());
        if (!repository.getObjectDatabase().exists()) {
            repository.create(true);
        }
        return repository;
    }

    /**
     * Opens the repository in this folder, or makes an empty one, configured anew.
     *
     * @param lasting whether refs are to survive any crash
     */
    static MirrorRepository open(Path folder, boolean lasting) throws IOException {
        // All that is ever in it is written below; one that is damaged would keep the mirror from being opened.
        Files.deleteIfExists(folder.resolve("config"));
        MirrorRepository repository = at(folder);
        StoredConfig configuration = repository.getConfig();
        configuration.clear();
        configuration.setInt(
                ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_REPO_FORMAT_VERSION, 0);
        configuration.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_BARE, true);
        // An acknowledged transition survives any crash. Objects are made durable by whoever inserts them.
        configuration.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", lasting);
        // JGit would run a hook of the mirror before each push.
        configuration.setString(
                ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_HOOKS_PATH, "/dev/null");
        // A redirect could carry the token to another host.
        configuration.setString("http", null, "followRedirects", "false");
        // JGit would pack the mirror behind our back after a fetch, and lock the refs that we are about to move.
        configuration.setInt("gc", null, "auto", 0);
        configuration.setInt("gc", null, "autoPackLimit", 0);
        configuration.save();
        return repository;
    }

    /** Limits the packs that come in from now on; empty lets every one in. */
    void limit(Optional<FetchLimits> now) {
        limits = now;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return limits.isPresent() ? new Limited(inserter, limits.get()) : inserter;
    }

    private static final class Limited extends ObjectInserter.Filter {
        private final ObjectInserter inserter;
        private final FetchLimits limits;

        Limited(ObjectInserter inserter, FetchLimits limits) {
            this.inserter = inserter;
            this.limits = limits;
        }

        @Override
        protected ObjectInserter delegate() {
            return inserter;
        }

        @Override
        public PackParser newPackParser(InputStream pack) throws IOException {
            PackParser parser = super.newPackParser(new LimitedStream(pack, limits));
            parser.setMaxObjectSizeLimit(limits.objectBytes());
            return parser;
        }
    }
}
