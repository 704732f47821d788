package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Takes no head of a ledger that a trusted key did not sign, once a key is configured. The head vouches for all before it,
 * which it names by digest.
 */
final class LedgerTrust {
    /** The code of what it throws. */
    static final String FOREIGN = "Foreign";

    private final Repository repository;
    private final CommitSigning signing;
    private final Optional<Revision> accepted;
    private final String place;

    /**
     * Trusts what the signing trusts.
     *
     * @param accepted a head that the operator takes as it is
     * @param place the branch and whose it is, for people
     */
    LedgerTrust(Repository repository, CommitSigning signing, Optional<Revision> accepted, String place) {
        this.repository = repository;
        this.signing = signing;
        this.accepted = accepted;
        this.place = place;
    }

    boolean signed() {
        return signing.signs();
    }

    /** Whether the head counts only because the operator named it. */
    boolean accepts(ObjectId head) throws LedgerException {
        return accepted.filter(revision -> revision.id().equals(head.name())).isPresent()
                && distrust(head).isPresent();
    }

    /**
     * Returns when the head is trusted or accepted.
     *
     * @param good the last head that was, to tell what could be pushed back
     * @throws LedgerException {@code Foreign}, with whose key it is and what to do
     */
    void check(ObjectId head, Optional<ObjectId> good) throws LedgerException {
        Optional<String> why = distrust(head);
        if (why.isEmpty() || accepts(head)) {
            return;
        }
        throw new LedgerException(
                FOREIGN,
                "The head of " + place + ", " + head.name() + ", " + why.get()
                        + ". What serves goes on serving, and nothing is decided or recorded until that is settled. If a"
                        + " key of yours signed it, name its public half in git.allowedSignersFile. If nobody of yours"
                        + " wrote it, push the last trusted head back"
                        + good.filter(last -> !last.equals(head))
                                .map(last -> " (" + last.name() + ")")
                                .orElse("")
                        + ". If you have read the record and take it as it is, start with --accept-ledger "
                        + head.name());
    }

    private Optional<String> distrust(ObjectId head) throws LedgerException {
        if (!signing.signs()) {
            return Optional.empty();
        }
        try (ObjectReader reader = repository.newObjectReader()) {
            return signing.distrust(reader.open(head, Constants.OBJ_COMMIT).getBytes());
        } catch (SigningException unusable) {
            throw new LedgerException("Signing", String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException broken) {
            throw new LedgerException("Damaged", "The head of " + place + " cannot be read.", broken);
        }
    }
}
