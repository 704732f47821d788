package dev.plumbline.reconciler.source;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** Pushes one commit and tells apart the answers that a remote can give. */
final class Pushing {
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

    Writer.PushOutcome push(Mirror.Push push) throws InterruptedException {
        String ref = Constants.R_HEADS + push.branch();
        try (Transport transport = transports.toPush()) {
            RemoteRefUpdate update = new RemoteRefUpdate(
                    mirror,
                    push.commit().name(),
                    push.commit(),
                    ref,
                    push.force(),
                    null,
                    push.expected().orElse(null));
            PushResult result = transport.push(new UntilInterrupted(), List.of(update));
            return outcome(push, update, result);
        } catch (IOException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException("pushing was stopped");
            }
            return failure(failed);
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    /** Opens a connection for pushing, which asks for the right to, and pushes nothing. */
    Writer.PushOutcome knock() {
        try (Transport transport = transports.toPush();
                PushConnection connection = transport.openPush()) {
            connection.getRefs();
            return new Writer.PushOutcome.Accepted();
        } catch (IOException failed) {
            return failure(failed);
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    private Writer.PushOutcome failure(IOException failed) {
        String words = RemoteFailure.words(remote, failed);
        return RemoteFailure.aboutRights(words) && !(failed instanceof NoRemoteRepositoryException)
                ? new Writer.PushOutcome.Refused(words)
                : new Writer.PushOutcome.Unreachable(message(RemoteFailure.of(remote, failed)));
    }

    private Writer.PushOutcome outcome(Mirror.Push push, RemoteRefUpdate update, PushResult result) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> new Writer.PushOutcome.Accepted();
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> new Writer.PushOutcome.Raced();
            case REJECTED_OTHER_REASON, REJECTED_NODELETE, NON_EXISTING -> rejected(push, update, result);
            case NOT_ATTEMPTED, AWAITING_REPORT ->
                new Writer.PushOutcome.Unreachable(
                        remote.label() + " ended the connection before it said whether it took the commit.");
        };
    }

    /** A remote words a lost race and a refusal alike, so we look whether the branch moved meanwhile. */
    private Writer.PushOutcome rejected(Mirror.Push push, RemoteRefUpdate update, PushResult result) {
        Optional<ObjectId> before = Optional.ofNullable(result.getAdvertisedRef(update.getRemoteName()))
                .map(Ref::getObjectId);
        try {
            Optional<ObjectId> now = Optional.ofNullable(listing.branches().get(push.branch()));
            if (now.equals(Optional.of(push.commit()))) {
                return new Writer.PushOutcome.Accepted();
            }
            return now.equals(before)
                    ? new Writer.PushOutcome.Refused(words(update, result))
                    : new Writer.PushOutcome.Raced();
        } catch (Source.SourceException failed) {
            return new Writer.PushOutcome.Unreachable(message(failed));
        }
    }

    private String words(RemoteRefUpdate update, PushResult result) {
        String words = Stream.concat(result.getMessages().lines(), Stream.ofNullable(update.getMessage()))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        String named = words.isEmpty() ? "no reason given" : words;
        return remote.folder()
                .map(folder -> named.replace(folder.toString(), remote.label()))
                .orElse(named);
    }

    private static String message(Source.SourceException failed) {
        return Objects.requireNonNull(failed.getMessage());
    }
}
