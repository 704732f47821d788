package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.remote.LocalRepository;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.source.remote.RemoteExchange;
import dev.plumbline.reconciler.source.remote.RemoteFailure;
import dev.plumbline.reconciler.source.remote.Transports;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** Pushes commits and tells apart the answers that a remote can give. */
final class Pushing {
    /** How Git and JGit say that somebody holds the lock of a ref, by a push or by packing the refs. */
    private static final Pattern LOCKED =
            Pattern.compile("(?i)failed to lock|cannot lock ref|lock error|unable to create .*\\.lock");

    /** Longer than the hooks of a repository on this machine may take. */
    private static final Duration STANDSTILL = Duration.ofSeconds(90);

    private final Repository mirror;
    private final Remote remote;
    private final Transports transports;
    private final Mirror listing;

    Pushing(Repository mirror, Remote remote, Transports transports, Mirror listing) {
        this.mirror = mirror;
        this.remote = remote;
        this.transports = transports;
        this.listing = listing;
    }

    /** All of them at once where the remote can, else one after the other up to the first that it does not take. */
    Writer.PushOutcome push(List<BranchPush> pushes) throws InterruptedException {
        try {
            return pushTogether(pushes);
        } catch (NotTogether unable) {
            for (BranchPush each : pushes) {
                Writer.PushOutcome outcome = push(List.of(each));
                if (!(outcome instanceof Writer.PushOutcome.Accepted)) {
                    return outcome;
                }
            }
            return new Writer.PushOutcome.Accepted();
        }
    }

    /** The remote takes one branch at a time only. */
    private static final class NotTogether extends Exception {
        NotTogether(IOException cause) {
            super("the remote takes one branch at a time", cause);
        }
    }

    private Writer.PushOutcome pushTogether(List<BranchPush> pushes) throws InterruptedException, NotTogether {
        boolean several = pushes.size() > 1;
        try (PushNotes.Note _ = note(pushes)) {
            Optional<Writer.PushOutcome> unreadable = unreadable(pushes);
            if (unreadable.isPresent()) {
                return unreadable.get();
            }
            return outcome(pushes, RemoteExchange.ask(progress -> send(pushes, progress), STANDSTILL));
        } catch (IOException failed) {
            if (several
                    && String.valueOf(failed.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .contains("atomic")) {
                throw new NotTogether(failed);
            }
            return failure(failed);
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    private Optional<Writer.PushOutcome> unreadable(List<BranchPush> pushes) {
        NewContent content = new NewContent(mirror);
        try {
            for (BranchPush push : pushes) {
                content.read(push.commit());
            }
            return Optional.empty();
        } catch (IOException damage) {
            listing.suspect(damage);
            return Optional.of(new Writer.PushOutcome.Unreachable("Nothing was pushed to " + remote.label()
                    + ": what is to be pushed cannot be read from the mirror (" + RemoteFailure.words(remote, damage)
                    + "). The mirror is mended at the next look."));
        }
    }

    private PushResult send(List<BranchPush> pushes, ProgressMonitor progress)
            throws IOException, Source.SourceException {
        try (Transport transport = transports.toPush()) {
            transport.setPushAtomic(pushes.size() > 1);
            return transport.push(
                    progress, pushes.stream().map(this::update).collect(Collectors.toCollection(ArrayList::new)));
        }
    }

    private PushNotes.Note note(List<BranchPush> pushes) throws IOException {
        if (remote.folder().isEmpty()) {
            return () -> {};
        }
        return new PushNotes(mirror.getDirectory().toPath())
                .begin(pushes.stream().map(Pushing::ref).toList());
    }

    private RemoteRefUpdate update(BranchPush push) {
        try {
            return new RemoteRefUpdate(
                    mirror,
                    push.commit().name(),
                    push.commit(),
                    ref(push),
                    push.force(),
                    null,
                    push.expected().orElse(null));
        } catch (IOException impossible) {
            throw new IllegalStateException("a push of a commit tracks no ref", impossible);
        }
    }

    private static String ref(BranchPush push) {
        return push.branch().startsWith(Constants.R_REFS) ? push.branch() : Constants.R_HEADS + push.branch();
    }

    /** Opens a connection for pushing, which asks for the right to, and pushes nothing. */
    Writer.PushOutcome knock() throws InterruptedException {
        try {
            return RemoteExchange.ask(_ -> {
                try (Transport transport = transports.toPush();
                        PushConnection connection = transport.openPush()) {
                    connection.getRefs();
                    return new Writer.PushOutcome.Accepted();
                }
            });
        } catch (IOException failed) {
            return failure(failed);
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    private Writer.PushOutcome failure(IOException failed) {
        // Of two repositories in one process one waits for the other when it cannot read an object of its own.
        if (RemoteFailure.damaged(failed) || failed instanceof RemoteExchange.Standstill) {
            listing.suspect(failed);
        }
        String words = RemoteFailure.words(remote, failed);
        return RemoteFailure.aboutRights(words) && !(failed instanceof NoRemoteRepositoryException)
                ? new Writer.PushOutcome.Refused(words)
                : new Writer.PushOutcome.Unreachable(message(RemoteFailure.of(remote, failed)));
    }

    /** When several went together, none was taken because of the first that was not. */
    private Writer.PushOutcome outcome(List<BranchPush> pushes, PushResult result) {
        boolean rejected = false;
        for (BranchPush push : pushes) {
            switch (answered(push, result).getStatus()) {
                case OK, UP_TO_DATE -> {}
                case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> {
                    return new Writer.PushOutcome.Raced(push.branch());
                }
                case REJECTED_OTHER_REASON, REJECTED_NODELETE, NON_EXISTING -> rejected = true;
                case NOT_ATTEMPTED, AWAITING_REPORT -> {
                    return new Writer.PushOutcome.Unreachable(
                            remote.label() + " ended the connection before it said whether it took the commit.");
                }
            }
        }
        return rejected ? rejected(pushes, result) : new Writer.PushOutcome.Accepted();
    }

    private static RemoteRefUpdate answered(BranchPush push, PushResult result) {
        return Objects.requireNonNull(result.getRemoteUpdate(ref(push)), "an answer for each branch");
    }

    /** A remote words a lost race and a refusal alike, so we look whether a branch moved meanwhile. */
    private Writer.PushOutcome rejected(List<BranchPush> pushes, PushResult result) {
        try {
            Map<String, ObjectId> now = listing.branches();
            if (pushes.stream().allMatch(push -> push.commit().equals(now.get(push.branch())))) {
                return new Writer.PushOutcome.Accepted();
            }
            for (BranchPush push : pushes) {
                Optional<ObjectId> before =
                        Optional.ofNullable(result.getAdvertisedRef(ref(push))).map(Ref::getObjectId);
                // What is no branch is not listed, so its refusal counts as one.
                boolean listed = ref(push).startsWith(Constants.R_HEADS);
                if (listed && !before.equals(Optional.ofNullable(now.get(push.branch())))) {
                    return new Writer.PushOutcome.Raced(push.branch());
                }
            }
            String words = words(pushes, result);
            return LOCKED.matcher(words).find()
                    ? new Writer.PushOutcome.Unreachable(locked(pushes, words))
                    : new Writer.PushOutcome.Refused(words);
        } catch (IOException broken) {
            return new Writer.PushOutcome.Unreachable(message(RemoteFailure.of(remote, broken)));
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    /** A lock that stays was left by a process that was killed, and only who knows that repository may remove it. */
    private String locked(List<BranchPush> pushes, String words) throws IOException {
        List<String> locks = remote.folder().isEmpty()
                ? List.of()
                : LocalLocks.names(
                        LocalRepository.folder(remote),
                        pushes.stream().map(Pushing::ref).toList());
        String which = locks.isEmpty() ? words : String.join(", ", locks);
        return remote.label() + " is busy with another change (" + which
                + "). If this stays, nobody holds that lock any more and it is to be removed there.";
    }

    private String words(List<BranchPush> pushes, PushResult result) {
        Stream<String> told = pushes.stream()
                .map(push -> answered(push, result).getMessage())
                .filter(message -> message != null && !aboutTheOther(message));
        String words = Stream.concat(result.getMessages().lines(), told)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        String named = words.isEmpty() ? "no reason given" : words;
        return remote.folder()
                .map(folder -> named.replace(folder.toString(), remote.label()))
                .orElse(named);
    }

    /** Git and JGit say so of a branch that was not taken because another one was not. */
    private static boolean aboutTheOther(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("atomic") || lower.contains("transaction aborted");
    }

    private static String message(Source.SourceException failed) {
        return Objects.requireNonNull(failed.getMessage());
    }
}
