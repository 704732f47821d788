package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import picocli.CommandLine.Option;

/** The flag that says on which address to listen. */
public final class BindOption {
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind = "127.0.0.1";

    /** The address. */
    public String address() {
        return bind;
    }

    /** The address, if nobody beyond this machine can reach it. */
    public String loopback() throws CommandException {
        Ports.requireLoopback(bind);
        return bind;
    }
}
