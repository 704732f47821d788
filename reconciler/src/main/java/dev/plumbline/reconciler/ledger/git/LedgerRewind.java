package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.audit.Checkpoint;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Tells a ledger from which records were taken away, once a key is configured: a checkpoint that a trusted key signed vouches
 * for a record that is not in it. A mirror that has the record is proof against that; this is for whoever comes without.
 */
final class LedgerRewind {
    /** The code of what it throws. */
    static final String REWOUND = "Rewound";

    private final Mirror mirror;
    private final LedgerSettings settings;
    private final LedgerCheckpoints checkpoints;
    private final CheckpointHistory vouched;
    private final LedgerHistory history;

    LedgerRewind(Mirror mirror, LedgerSettings settings, LedgerCheckpoints checkpoints) {
        this.mirror = mirror;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.vouched = new CheckpointHistory(mirror.repository(), settings.branch());
        this.history = new LedgerHistory(mirror.repository());
    }

    /**
     * Takes in what the remote holds of checkpoints. Whoever writes the ledger pushes a record before it vouches for it, so this
     * comes before the ledger is fetched.
     */
    void fetch() throws LedgerException, InterruptedException {
        if (!settings.committer().signing().signs()) {
            return;
        }
        try {
            vouched.fetch(mirror);
        } catch (Source.SourceException failed) {
            throw LedgerRemote.failure(failed);
        }
    }

    /** Why nothing is to be recorded after this head, or where there is none; empty when nothing is missing. */
    Optional<LedgerException> lost(Optional<ObjectId> head) throws LedgerException {
        if (!settings.committer().signing().signs()) {
            return Optional.empty();
        }
        try {
            for (Checkpoint checkpoint :
                    vouched.newestTrusted(settings.committer().signing())) {
                if (head.isEmpty() || !holds(head.get(), checkpoint.head())) {
                    return Optional.of(new LedgerException(REWOUND, message(checkpoint, head)));
                }
            }
            return Optional.empty();
        } catch (IOException broken) {
            throw new LedgerException("Damaged", "The checkpoints of the ledger cannot be read.", broken);
        }
    }

    private boolean holds(ObjectId head, String record) throws LedgerException, IOException {
        return ObjectId.isId(record)
                && mirror.repository().getObjectDatabase().has(ObjectId.fromString(record))
                && history.contains(head, ObjectId.fromString(record));
    }

    private String message(Checkpoint checkpoint, Optional<ObjectId> head) {
        String place = "the ledger (branch " + settings.branch() + " of "
                + mirror.remote().label() + ")";
        return "Records were taken away from " + place + ": a checkpoint of "
                + checkpoint.at().truncatedTo(ChronoUnit.SECONDS)
                + ", which a trusted key signed, vouches for the record "
                + checkpoint.head() + ", and "
                + head.map(it -> "the head " + it.name() + " does not contain it")
                        .orElse("there is no such branch")
                + ". What serves goes on serving, and nothing is decided or recorded until that is settled. Push that record"
                + " back, or one that follows it, from a clone or a mirror that has it (git push --force origin "
                + checkpoint.head() + ":refs/heads/" + settings.branch() + "). "
                + head.map(it -> "If it is lost and you take what is left as it is, start with --accept-ledger "
                                + it.name())
                        .orElseGet(() ->
                                "If it is lost and you begin anew, take its checkpoints away (git push origin --delete "
                                        + CheckpointHistory.ref(settings.branch()) + ")");
    }

    /**
     * Returns when the remote's ledger and that of the mirror have a record in common, or the operator named the remote's: one
     * that was deleted and begun anew elsewhere must not put the whole of ours aside.
     *
     * @throws LedgerException {@code Rewound}, with the way back
     */
    void requireKin(Optional<ObjectId> local, Optional<ObjectId> there) throws LedgerException {
        if (local.isEmpty() || there.isEmpty() || named(there.get()) || history.related(local.get(), there.get())) {
            return;
        }
        throw new LedgerException(
                REWOUND,
                "The ledger (branch " + settings.branch() + " of "
                        + mirror.remote().label() + ") was begun anew at "
                        + there.get().name()
                        + ", and has no record in common with the one that this state folder holds."
                        + " To put that back, stop whoever writes the new one, push it over it (git --git-dir"
                        + " STATE/mirror.git push --force URL " + settings.branch() + ") and start with --take-over."
                        + " If the new one is to count, start with --take-over --accept-ledger "
                        + there.get().name() + ": what this folder holds is then kept as refs/plumbline/kept/"
                        + local.get().name() + " in its mirror.");
    }

    private boolean named(ObjectId head) {
        return settings.accepted()
                .filter(revision -> revision.id().equals(head.name()))
                .isPresent();
    }

    /** Whether the head counts only because the operator named it. */
    boolean accepts(ObjectId head) throws LedgerException {
        return named(head) && lost(Optional.of(head)).isPresent();
    }

    /**
     * Returns when the ledger is whole or accepted.
     *
     * @throws LedgerException {@code Rewound}, with what is missing and what to do
     */
    void check(Optional<ObjectId> head) throws LedgerException {
        Optional<LedgerException> why = lost(head);
        if (why.isPresent() && (head.isEmpty() || !accepts(head.get()))) {
            throw why.get();
        }
    }

    /** Vouches for a head that goes on from an accepted one, so that what was lost is asked for no more. */
    void settled(ObjectId head) throws InterruptedException {
        checkpoints.vouch(head);
    }
}
