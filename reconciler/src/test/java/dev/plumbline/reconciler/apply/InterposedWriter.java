package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.schemas.model.Revision;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Another writer, whose pushes are counted, and may be refused or taken without an answer. Thread-safe. */
final class InterposedWriter implements Writer {
    private final Writer writer;
    private final AtomicInteger prepared = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private final Set<Revision> unwanted = ConcurrentHashMap.newKeySet();
    private volatile Set<String> refused = Set.of();
    private volatile boolean silent;

    InterposedWriter(Writer writer) {
        this.writer = writer;
    }

    /** How many commits were made. */
    int prepared() {
        return prepared.get();
    }

    int pushes() {
        return pushes.get();
    }

    /** Refuses what changes this Serving, and whatever stands on that. */
    void refused(String serving) {
        Set<String> more = new HashSet<>(refused);
        more.add(serving);
        refused = Set.copyOf(more);
    }

    /** Takes what is pushed and does not answer. */
    void silent() {
        silent = true;
    }

    @Override
    public Revision prepare(VersionChange change) throws Source.SourceException {
        Revision commit = writer.prepare(change);
        if (refused.contains(change.serving()) || unwanted.contains(change.base())) {
            unwanted.add(commit);
        }
        prepared.incrementAndGet();
        return commit;
    }

    @Override
    public PushOutcome push(Revision commit, Optional<BranchPush> record) throws InterruptedException {
        pushes.incrementAndGet();
        if (unwanted.contains(commit)) {
            return new PushOutcome.Refused("a hook says no");
        }
        PushOutcome outcome = writer.push(commit, record);
        return silent ? new PushOutcome.Unreachable("the connection broke") : outcome;
    }

    @Override
    public PushOutcome pushAside(Revision commit, String serving, Optional<BranchPush> record)
            throws InterruptedException {
        return writer.pushAside(commit, serving, record);
    }
}
