package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.util.Optional;

/**
 * How the ledger is kept.
 *
 * @param branch without {@code refs/heads/}
 * @param holder id of the state folder, the same after every restart and in no other folder
 * @param holderName who that is, for people, such as {@code ada@laptop}
 * @param pushDelay how long a commit waits for others before they are pushed together
 * @param accepted a head of the ledger that the operator takes as it is, though no trusted key signed it
 */
public record LedgerSettings(
        String branch,
        String holder,
        String holderName,
        Committer committer,
        Duration pushDelay,
        Optional<Revision> accepted) {
    /** Settings of a ledger that is to be signed by a trusted key, if there is one. */
    public LedgerSettings(String branch, String holder, String holderName, Committer committer, Duration pushDelay) {
        this(branch, holder, holderName, committer, pushDelay, Optional.empty());
    }

    /** The branch of the record where no environment is named. */
    public static final String BRANCH = "plumbline/ledger";

    /** Settings with the usual branch and delay. */
    public static LedgerSettings of(String holder, String holderName, Committer committer) {
        return new LedgerSettings(BRANCH, holder, holderName, committer, Duration.ofMillis(500));
    }

    /** The branch of the record of one environment. */
    public static String branchOf(String environment) {
        return BRANCH + "-" + environment;
    }
}
