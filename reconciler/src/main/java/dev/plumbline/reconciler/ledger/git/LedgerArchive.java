package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds verdicts and what they rest on in a ledger, also what its head has let go of. */
final class LedgerArchive {
    private final Repository repository;
    private final ObjectId head;

    LedgerArchive(Repository repository, ObjectId head) {
        this.repository = repository;
        this.head = head;
    }

    /**
     * The verdict whose id begins with these digits.
     *
     * @param digits at least two hexadecimal digits, without {@code sha256:}
     * @throws LedgerException {@code NotFound} when several begin so, {@code Damaged} when it cannot be read
     */
    Optional<ArchivedVerdict> verdict(String digits) throws LedgerException {
        try {
            Optional<JsonNode> found = latest("verdicts/" + digits.substring(0, 2), digits);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            VerdictEntry entry =
                    LedgerLoader.stamped(found.get(), VerdictEntry.class).entry();
            return Optional.of(
                    new ArchivedVerdict(entry, rests(entry, Verdict.EVIDENCE), rests(entry, Verdict.POLICIES)));
        } catch (IOException | JacksonException | IllegalArgumentException broken) {
            throw new LedgerException("Damaged", "The verdict " + digits + " cannot be read.", broken);
        }
    }

    private Optional<ObjectNode> rests(VerdictEntry entry, String on) throws IOException, LedgerException {
        String digest = entry.verdict().path("judged").path(on).asString("");
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        String hex = new Digest(digest).hex();
        Optional<JsonNode> file = latest(LedgerFiles.EVIDENCE + hex.substring(0, 2), hex);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        JsonNode evidence = file.get().path("evidence");
        if (!Json.digest(evidence).value().equals(digest)) {
            throw new IOException("what is kept as " + digest + " is something else");
        }
        return Optional.of((ObjectNode) evidence);
    }

    /** The file in this folder whose name begins so, as it was last. */
    private Optional<JsonNode> latest(String folder, String name) throws IOException, LedgerException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            walk.setFirstParent(true);
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(folder), TreeFilter.ANY_DIFF));
            walk.markStart(walk.parseCommit(head));
            for (RevCommit commit : walk) {
                SortedMap<String, ObjectId> files = files(reader, commit, folder, name);
                if (files.size() > 1) {
                    throw new LedgerException("NotFound", "Several begin with " + name + ": give more digits.");
                }
                Optional<Map.Entry<String, ObjectId>> file =
                        files.entrySet().stream().findFirst();
                if (file.isPresent()) {
                    return Optional.of(LedgerLoader.read(
                            reader, file.get().getKey(), file.get().getValue()));
                }
            }
            return Optional.empty();
        }
    }

    private static SortedMap<String, ObjectId> files(ObjectReader reader, RevCommit commit, String folder, String name)
            throws IOException {
        SortedMap<String, ObjectId> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            walk.setFilter(PathFilter.create(folder));
            walk.setRecursive(true);
            while (walk.next()) {
                if (walk.getNameString().startsWith(name)) {
                    files.put(walk.getPathString(), walk.getObjectId(0).copy());
                }
            }
        }
        return files;
    }
}
