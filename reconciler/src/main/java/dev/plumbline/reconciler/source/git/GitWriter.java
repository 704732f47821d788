package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Writes commits into the mirror, without a working tree, and pushes them. */
public final class GitWriter implements Writer {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final String ENVIRONMENT = "Plumbline-Environment";
    private static final String REQUESTED_BY = "Plumbline-Requested-By";

    private final Mirror mirror;
    private final String branch;
    private final Optional<String> environment;
    private final Committer committer;
    private final Clock clock;
    private final VersionEdit edit = new VersionEdit();

    /** Writes to this branch in this name; commits carry the clock's time, in UTC and whole seconds. */
    public GitWriter(Mirror mirror, String branch, Committer committer, Clock clock) {
        this(mirror, branch, Optional.empty(), committer, clock);
    }

    /** The same for one of several environments, which keep out of each other's branches; commits name theirs. */
    public GitWriter(Mirror mirror, String branch, Optional<String> environment, Committer committer, Clock clock) {
        this.environment = environment;
        this.mirror = mirror;
        this.branch = branch;
        this.committer = committer;
        this.clock = clock;
    }

    @Override
    public Revision prepare(VersionChange change) throws Source.SourceException {
        Repository repository = mirror.repository();
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader();
                ObjectInserter inserter = mirror.newObjects()) {
            RevCommit base = walk.parseCommit(ObjectId.fromString(change.base().id()));
            byte[] edited = edited(change, content(reader, base, change));
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, edited);
            ObjectId tree = new TreeEdit(reader, inserter).replace(base.getTree(), change.file(), blob);
            ObjectId commit = committer.commit(inserter, List.of(base), tree, message(change), clock.instant());
            inserter.flush();
            return new Revision(commit.name());
        } catch (SigningException unsigned) {
            throw new Source.SourceException("Signing", unsigned.getMessage() + " Nothing was written.", unsigned);
        } catch (IOException broken) {
            throw new Source.SourceException(
                    "Damaged",
                    "The commit for Serving/" + change.serving() + " could not be written into the mirror.",
                    broken);
        }
    }

    @Override
    public PushOutcome push(Revision commit, Optional<BranchPush> record) throws InterruptedException {
        return push(record, new BranchPush(ObjectId.fromString(commit.id()), branch, Optional.empty(), false));
    }

    @Override
    public PushOutcome pushAside(Revision commit, String serving, Optional<BranchPush> record)
            throws InterruptedException {
        String aside = asideBranch(serving);
        try {
            ObjectId there = Optional.ofNullable(mirror.branches().get(aside)).orElse(ObjectId.zeroId());
            return push(record, new BranchPush(ObjectId.fromString(commit.id()), aside, Optional.of(there), true));
        } catch (Source.SourceException failed) {
            return new PushOutcome.Unreachable(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public String asideBranch(String serving) {
        return environment
                .map(name -> "plumbline/promote-" + name + "/" + serving)
                .orElseGet(() -> Writer.super.asideBranch(serving));
    }

    private PushOutcome push(Optional<BranchPush> record, BranchPush push) throws InterruptedException {
        return mirror.push(Stream.concat(record.stream(), Stream.of(push)).toList());
    }

    private static byte[] content(ObjectReader reader, RevCommit base, VersionChange change)
            throws IOException, Source.SourceException {
        try (TreeWalk found = TreeWalk.forPath(reader, change.file(), base.getTree())) {
            if (found == null) {
                throw stale(change, "the file is gone");
            }
            return reader.open(found.getObjectId(0), Constants.OBJ_BLOB).getBytes();
        }
    }

    private byte[] edited(VersionChange change, byte[] file) throws Source.SourceException {
        String present = edit.read(file, change.document())
                .orElseThrow(() -> stale(change, "the document can no longer be read"));
        byte[] edited = edit.write(file, change.document(), change.to())
                .orElseThrow(() -> new Source.SourceException(
                        "Unwritable",
                        "The version in " + change.file()
                                + " stands in a form that cannot be changed alone. Write it as a line `version: "
                                + change.from() + "` below `model:`."));
        if (!present.equals(change.from())) {
            throw stale(change, "it now reads " + present);
        }
        return edited;
    }

    private static Source.SourceException stale(VersionChange change, String found) {
        return new Source.SourceException(
                "Stale",
                change.file() + " no longer says `version: " + change.from() + "` for Serving/" + change.serving()
                        + ": " + found + ".");
    }

    private String message(VersionChange change) {
        Map<String, String> trailers = new LinkedHashMap<>(change.trailers());
        environment.ifPresent(name -> trailers.put(ENVIRONMENT, name));
        change.requestedBy().ifPresent(person -> trailers.putIfAbsent(REQUESTED_BY, person));
        StringBuilder message = new StringBuilder(line(change.subject()))
                .append(environment.map(name -> " in " + name).orElse(""))
                .append("\n\n");
        if (!change.body().isBlank()) {
            message.append(change.body().strip()).append("\n\n");
        }
        // A line break in a value would forge another trailer.
        trailers.forEach((name, value) ->
                message.append(name).append(": ").append(line(value)).append('\n'));
        return message.toString();
    }

    private static String line(String text) {
        return LINE_BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
