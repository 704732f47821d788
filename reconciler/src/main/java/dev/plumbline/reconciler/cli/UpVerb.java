package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.BindOption;
import dev.plumbline.reconciler.cli.option.EnvironmentOption;
import dev.plumbline.reconciler.cli.option.Ports;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.UpOptions;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb up}. */
@Command(
        name = "up",
        description = {
            "Run control plane and serving in the foreground, following a repository.",
            "Without an argument: make the demo (./demo.git and its clone ./demo) and follow it."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb up                     # the demo",
            "  plumb up mine --once         # reconcile until nothing is left to do, then end",
            "  plumb up https://git.example.com/team/models.git --branch main"
        })
final class UpVerb extends Verb {
    private static final Duration LEAST_POLL = Duration.ofMillis(100);

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|URL",
            description = "A folder, followed through its remote (made beside it when it has none), or a remote's URL.")
    private @Nullable String target;

    @Option(names = "--branch", paramLabel = "NAME", description = "The watched branch (default: ${DEFAULT-VALUE}).")
    private String branch = "main";

    @Option(names = "--root", paramLabel = "DIR", description = "The folder of the repository that holds the specs.")
    private @Nullable String root;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Keep the ledger on plumbline/ledger-NAME, beside that of other environments.")
    private @Nullable String environment;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Of the control plane; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--serving-port",
            paramLabel = "PORT",
            description = "Of predictions; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
    private int servingPort = 8081;

    @Mixin
    private final BindOption bind = new BindOption();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where mirror, artifacts and routing tables are kept"
                    + " (default: under XDG_STATE_HOME or ~/.local/state).")
    private @Nullable Path state;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            description = "How often a remote is looked at (default: 30s, at least 100ms); a local one is watched.")
    private Duration poll = Duration.ofSeconds(30);

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path config;

    @Option(names = "--take-over", description = "Take the ledger from a control plane that still holds it.")
    private boolean takeOver;

    @Option(
            names = "--accept-ledger",
            paramLabel = "COMMIT",
            description =
                    "Take this head of the ledger as it is, though no trusted key signed it or records are missing, and"
                            + " sign it.")
    private @Nullable String acceptedLedger;

    @Option(names = "--keep-serving", description = "Leave the data plane running when this ends.")
    private boolean keepServing;

    @Option(
            names = "--once",
            description = "Reconcile until nothing is left to do, then end:"
                    + " 0, or 1 if something is not ready or a file has errors.")
    private boolean once;

    UpVerb(Context context) {
        super(context);
    }

    private void checkPlaces() throws CommandException {
        try {
            GitSource.check(branch, root == null ? "" : root);
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }

    private void checkPoll() throws CommandException {
        if (poll.compareTo(LEAST_POLL) < 0) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--poll " + Durations.text(poll) + " would ask the remote without a pause",
                    "it is " + Durations.text(LEAST_POLL)
                            + " or more; a repository on this machine is watched and needs no short one");
        }
    }

    private Optional<Revision> accepted() throws CommandException {
        if (acceptedLedger == null) {
            return Optional.empty();
        }
        return Optional.of(Revision.parse(acceptedLedger)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "--accept-ledger takes the full id of a commit, of 40 digits")));
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Ports.check("--port", port);
        checkPlaces();
        checkPoll();
        Ports.check("--serving-port", servingPort);
        return context()
                .providers()
                .up(
                        new UpOptions(
                                Optional.ofNullable(target),
                                branch,
                                Optional.ofNullable(root),
                                EnvironmentOption.checked(Optional.ofNullable(environment)),
                                port,
                                servingPort,
                                bind.address(),
                                Optional.ofNullable(state).map(terminal()::resolve),
                                poll,
                                Optional.ofNullable(config).map(terminal()::resolve),
                                takeOver,
                                accepted(),
                                keepServing,
                                once,
                                common.verbose,
                                common.quiet),
                        terminal());
    }
}
