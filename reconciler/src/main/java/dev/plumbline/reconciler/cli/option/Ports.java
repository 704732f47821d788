package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What may be listened on. */
public final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** Refuses what is no port. */
    public static void check(String option, int port) throws CommandException {
        if (port < 0 || port > HIGHEST) {
            throw new CommandException(
                    ExitCode.USAGE, option + " " + port + " is not a port", "use 0 (the system chooses) to " + HIGHEST);
        }
    }

    /** Predictions go to whoever asks, so their port stays on this machine. */
    static void requireLoopback(String bind) throws CommandException {
        if (!loopback(bind)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--bind " + bind + " would answer everybody who reaches this machine: predictions carry no token",
                    "leave --bind at 127.0.0.1, with a proxy before it that knows who may ask");
        }
    }

    private static boolean loopback(String bind) throws CommandException {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CommandException(ExitCode.USAGE, "--bind " + bind + " is not an address of this machine");
        }
    }
}
