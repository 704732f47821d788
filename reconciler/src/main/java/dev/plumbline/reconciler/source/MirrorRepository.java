package dev.plumbline.reconciler.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
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

    static MirrorRepository at(Path folder) throws IOException {
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
