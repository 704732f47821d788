package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes commits of a ledger anew, as somebody does who may write to its repository and has not its key. */
final class TamperedLedger {
    private static final Pattern PARENT = Pattern.compile("(?m)^parent [0-9a-f]{40}$");
    private static final Pattern TREE = Pattern.compile("^tree [0-9a-f]{40}");
    private static final Pattern SIGNATURE = Pattern.compile("(?m)^gpgsig .*\\R(?: .*\\R)*");

    private final Repository repository;

    TamperedLedger(Repository repository) {
        this.repository = repository;
    }

    /** The same commit over another parent. */
    ObjectId moved(ObjectId commit, ObjectId parent) throws IOException {
        return insert(PARENT.matcher(raw(commit)).replaceFirst("parent " + parent.name()));
    }

    /** The same commit with another tree. */
    ObjectId altered(ObjectId commit) throws IOException {
        return insert(TREE.matcher(raw(commit)).replaceFirst("tree " + tree().name()));
    }

    /** A commit that Plumbline might have made next, but for its signature: with the link that it ought to have. */
    ObjectId forged(ObjectId parent) throws IOException {
        String before = raw(parent);
        SortedMap<String, Optional<Digest>> changes = new TreeMap<>();
        RevCommit read = read(parent);
        changes.put("runs/ff/forged.json", Optional.of(Digest.of(forgery())));
        Instant at = read.getCommitterIdent().getWhenAsInstant();
        String link =
                RecordChain.read(read.getFullMessage()).link().orElseThrow().value();
        String message = "Start run forged [skip ci]\n";
        String sealed = RecordChain.seal(message, RecordChain.link(List.of(link), at, message, changes));
        String head = before.substring(0, before.indexOf("\n\n") + 2);
        String raw = TREE.matcher(
                        PARENT.matcher(SIGNATURE.matcher(head).replaceAll("")).replaceFirst("parent " + parent.name()))
                .replaceFirst("tree " + with(read, forgery()).name());
        return insert(raw + sealed);
    }

    private static byte[] forgery() {
        return "{}\n".getBytes(StandardCharsets.UTF_8);
    }

    private ObjectId with(RevCommit commit, byte[] forgery) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = repository.newObjectReader()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, forgery);
            ObjectId tree = LedgerTree.read(reader, commit.getTree().copy())
                    .with(Map.of("runs/ff/forged.json", Optional.of(blob)))
                    .write(inserter)
                    .id();
            inserter.flush();
            return tree;
        }
    }

    private ObjectId tree() throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter files = new TreeFormatter();
            files.append("holder.json", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, forgery()));
            ObjectId tree = inserter.insert(files);
            inserter.flush();
            return tree;
        }
    }

    private ObjectId insert(String raw) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_COMMIT, raw.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            return id;
        }
    }

    private String raw(ObjectId commit) throws IOException {
        return new String(repository.open(commit, Constants.OBJ_COMMIT).getBytes(), StandardCharsets.UTF_8);
    }

    private RevCommit read(ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit);
        }
    }
}
