package dev.plumbline.reconciler.source;

import dev.plumbline.reconciler.signing.CommitSigning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** In whose name commits of ours are made, on every branch, and with whose signature. */
public record Committer(String name, String email, CommitSigning signing) {
    /** Commits in this name that nobody signs. */
    public Committer(String name, String email) {
        this(name, email, CommitSigning.none());
    }

    /** The name that is used when the configuration gives none. */
    public static Committer standard() {
        return new Committer("Plumbline", "plumbline@localhost");
    }

    /**
     * Inserts a commit, which the caller flushes.
     *
     * @param at is written in UTC and whole seconds
     * @throws dev.plumbline.reconciler.signing.SigningException when the key cannot be used now; then there is no commit
     */
    public ObjectId commit(
            ObjectInserter inserter, List<? extends ObjectId> parents, ObjectId tree, String message, Instant at)
            throws IOException {
        PersonIdent person = new PersonIdent(name, email, at, ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setParentIds(List.copyOf(parents));
        commit.setTreeId(tree);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(message);
        Optional<String> signature = signing.sign(commit.build());
        if (signature.isPresent()) {
            commit.setGpgSignature(new GpgSignature(signature.get().getBytes(StandardCharsets.US_ASCII)));
        }
        return inserter.insert(commit);
    }
}
