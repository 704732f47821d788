package dev.plumbline.reconciler.cli.session;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/** Says why there is no answer: only where nothing listens is something to be started. */
final class Unanswered {
    private static final String ANOTHER = "name another one with --server";

    private Unanswered() {}

    /**
     * What to tell of it.
     *
     * @param connect for how long a connection was waited for
     * @param answer for how long an answer was waited for
     */
    static CommandException of(URI address, Duration connect, Duration answer, IOException why) {
        return switch (why) {
            case HttpConnectTimeoutException _ ->
                told(
                        ExitCode.UNREACHABLE,
                        address + " took no connection within " + seconds(connect),
                        "the machine or the network on the way to it may be down; or " + ANOTHER,
                        why);
            case HttpTimeoutException _ ->
                told(
                        ExitCode.TIMEOUT,
                        address + " did not answer within " + seconds(answer),
                        "something runs there and may be busy: look at its output and at "
                                + address.resolve("/health/live") + " before another one is started",
                        why);
            case ConnectException _
            when unresolved(why) ->
                told(ExitCode.UNREACHABLE, "nobody knows the machine " + address.getHost(), ANOTHER, why);
            case ConnectException _ ->
                told(
                        ExitCode.UNREACHABLE,
                        "nothing answers at " + address,
                        "start it with 'plumb up', or " + ANOTHER,
                        why);
            default ->
                told(
                        ExitCode.UNREACHABLE,
                        "what runs at " + address + " broke off before it had answered",
                        "it may be ending, or be something else: look at its output, or " + ANOTHER,
                        why);
        };
    }

    private static boolean unresolved(Throwable why) {
        return why instanceof UnresolvedAddressException || (why.getCause() != null && unresolved(why.getCause()));
    }

    private static String seconds(Duration time) {
        return Math.max(1, time.toSeconds()) + " s";
    }

    private static CommandException told(ExitCode code, String text, String hint, IOException why) {
        return new CommandException(code, text, Optional.of(hint), why);
    }
}
