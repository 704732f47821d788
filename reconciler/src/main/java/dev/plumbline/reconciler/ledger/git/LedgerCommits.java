package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes commits of the ledger, durably. One thread. */
final class LedgerCommits {
    /** From this many files on, one pack with two syncs is cheaper than as many loose objects. */
    private static final int MANY = 40;

    private static final int LONGEST_SUBJECT = 120;

    private final Mirror mirror;
    private final FileRepository repository;
    private final String ref;
    private final Committer committer;
    private final Clock clock;

    LedgerCommits(Mirror mirror, String ref, Committer committer, Clock clock) {
        this.mirror = mirror;
        this.repository = mirror.repository();
        this.ref = ref;
        this.committer = committer;
        this.clock = clock;
    }

    /** A commit with its tree. */
    record Written(ObjectId commit, LedgerTree tree) {}

    /** Writes a commit and moves nothing. When this returns its objects are on the disk. */
    Written write(List<ObjectId> parents, LedgerTree base, Map<String, Optional<byte[]>> files, List<String> subjects)
            throws IOException {
        if (files.size() < MANY) {
            try (ObjectInserter loose = mirror.newObjects()) {
                return write(loose, parents, base, files, subjects);
            }
        }
        Set<String> before = new HashSet<>();
        repository.getObjectDatabase().getPacks().forEach(pack -> before.add(pack.getPackName()));
        try (PackInserter packed = repository.getObjectDatabase().newPackInserter()) {
            packed.checkExisting(false);
            Written written = write(packed, parents, base, files, subjects);
            for (Pack pack : repository.getObjectDatabase().getPacks()) {
                if (!before.contains(pack.getPackName())) {
                    sync(pack);
                }
            }
            return written;
        }
    }

    /** Writes that another holds the ledger, and moves nothing. */
    Written hold(Optional<ObjectId> parent, LedgerTree base, Holder holder, String subject) throws IOException {
        return write(
                parent.stream().toList(),
                base,
                Map.of(LedgerFiles.HOLDER, Optional.of(LedgerFiles.holder(holder))),
                List.of(subject));
    }

    /** Writes that another start of the same holder goes on, and moves nothing. */
    Written goOn(ObjectId head, LedgerTree tree, Holder holder) throws IOException {
        return hold(Optional.of(head), tree, holder, "Go on as " + holder.name());
    }

    private Written write(
            ObjectInserter inserter,
            List<ObjectId> parents,
            LedgerTree base,
            Map<String, Optional<byte[]>> files,
            List<String> subjects)
            throws IOException {
        Map<String, Optional<ObjectId>> blobs = new LinkedHashMap<>();
        SortedMap<String, Optional<Digest>> changes = new TreeMap<>();
        for (Map.Entry<String, Optional<byte[]>> file : files.entrySet()) {
            Optional<ObjectId> blob = file.getValue().isPresent()
                    ? Optional.of(
                            inserter.insert(Constants.OBJ_BLOB, file.getValue().get()))
                    : Optional.empty();
            blobs.put(file.getKey(), blob);
            if (!blob.equals(base.file(file.getKey()))) {
                changes.put(file.getKey(), file.getValue().map(Digest::of));
            }
        }
        LedgerTree tree = base.with(blobs).write(inserter);
        Instant at = clock.instant();
        String message = message(subjects);
        Digest link = RecordChain.link(links(parents), at, message, changes);
        ObjectId id = committer.commit(inserter, parents, tree.id(), RecordChain.seal(message, link), at);
        inserter.flush();
        return new Written(id, tree);
    }

    private List<String> links(List<ObjectId> commits) throws IOException {
        List<String> links = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (ObjectId commit : commits) {
                links.add(RecordChain.read(walk.parseCommit(commit).getFullMessage())
                        .link()
                        .map(Digest::value)
                        .orElseGet(() -> RecordChain.unsealed(commit.name())));
            }
        }
        return links;
    }

    private static void sync(Pack pack) throws IOException {
        for (PackExt extension : List.of(PackExt.PACK, PackExt.INDEX)) {
            Path file = pack.getPackFile().create(extension).toPath();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Moves the branch from one commit to the next, durably. */
    void advance(Optional<ObjectId> from, ObjectId to) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setExpectedOldObjectId(from.orElse(ObjectId.zeroId()));
        update.setNewObjectId(to);
        update.disableRefLog();
        RefUpdate.Result result = update.forceUpdate();
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {}
            case LOCK_FAILURE -> throw new IOException("another process writes this mirror's ledger");
            case NOT_ATTEMPTED,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    IO_FAILURE,
                    RENAMED,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON -> throw new IOException("the mirror's ledger cannot move: " + result);
        }
    }

    /** Names what is recorded; the mark keeps a forge from building it. */
    private static String message(List<String> subjects) {
        String first = subjects.getFirst().lines().findFirst().orElse("Record").strip();
        String shortened = first.length() > LONGEST_SUBJECT ? first.substring(0, LONGEST_SUBJECT) + "…" : first;
        if (subjects.size() == 1) {
            return shortened + " [skip ci]\n";
        }
        StringBuilder message = new StringBuilder(shortened)
                .append(" and ")
                .append(subjects.size() - 1)
                .append(" more [skip ci]\n\n");
        subjects.forEach(subject ->
                message.append("- ").append(subject.replaceAll("\\s+", " ")).append('\n'));
        return message.toString();
    }
}
