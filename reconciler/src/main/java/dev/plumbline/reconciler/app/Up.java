package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.access.Addresses;
import dev.plumbline.reconciler.api.ListenException;
import dev.plumbline.reconciler.cli.session.BuildInformation;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.session.UpOptions;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.remote.PostReceiveHook;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.fault.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs control plane and serving for {@code plumb up}, from what was typed to an orderly end. */
final class Up {
    private final UpOptions options;
    private final Terminal terminal;

    Up(UpOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    ExitCode run() throws CommandException, InterruptedException {
        Configuration configuration = new ConfigurationReader(terminal.environment(), terminal.directory())
                .read(options.config().map(terminal::resolve));
        Door door = Door.open(configuration, options.bind());
        Followed followed = Followed.of(options, terminal);
        Path root = options.state()
                .map(terminal::resolve)
                .orElseGet(() -> StateFolder.usual(terminal, followed.remote(), options.environment()));
        try (StateFolder state = StateFolder.open(root)) {
            return run(configuration, door, followed, state);
        } catch (IOException failure) {
            String why = StorageFailure.in(failure)
                    .map(refused -> "the state folder cannot be used: " + refused.words())
                    .orElse(String.valueOf(failure.getMessage()));
            throw new CommandException(ExitCode.UNREACHABLE, why, Optional.empty(), failure);
        }
    }

    private ExitCode run(Configuration configuration, Door door, Followed followed, StateFolder state)
            throws CommandException, InterruptedException, IOException {
        ControlPlane.Settings settings = new ControlPlane.Settings(
                followed.remote(),
                options.branch(),
                options.root().orElse(""),
                options.environment(),
                options.bind(),
                options.port(),
                options.servingPort(),
                options.poll(),
                options.takeOver(),
                options.acceptedLedger(),
                options.keepServing(),
                configuration,
                door.tokens(),
                BuildInformation.read().version());
        try (ControlPlane plane = ControlPlane.start(settings, state)) {
            return serve(plane, settings, followed, state);
        } catch (Source.SourceException failure) {
            throw stopped("the repository cannot be followed: " + failure.getMessage(), failure);
        } catch (Ledger.LedgerException failure) {
            throw failure.reason().equals("OtherRepository")
                    ? elsewhere(failure, followed.remote(), state)
                    : new CommandException(
                            Set.of("Fenced", "Foreign", "Rewound").contains(failure.reason())
                                    ? ExitCode.NO
                                    : ExitCode.UNREACHABLE,
                            failure.getMessage(),
                            Optional.empty(),
                            failure);
        } catch (ListenException failure) {
            throw stopped(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static CommandException elsewhere(Ledger.LedgerException failure, Remote remote, StateFolder state)
            throws IOException {
        String before = state.repository()
                .map(name -> name.equals(remote.label())
                        ? " It was last started with another one of the same name."
                        : " It was last started with " + name + ".")
                .orElse("");
        return new CommandException(
                ExitCode.NO,
                failure.getMessage() + before,
                Optional.of("name another folder with --state, or begin anew by moving this one away: " + state.root()),
                failure);
    }

    private static CommandException stopped(String message, Exception cause) {
        return new CommandException(ExitCode.UNREACHABLE, message, Optional.empty(), cause);
    }

    private ExitCode serve(ControlPlane plane, ControlPlane.Settings settings, Followed followed, StateFolder state)
            throws IOException, InterruptedException {
        String control = "http://" + Addresses.fromHere(settings.bind()) + ":" + plane.port();
        String serving = "http://" + Addresses.fromHere(settings.servingBind()) + ":" + plane.servingPort();
        if (plane.access().read().allowed()) {
            state.startedWith(followed.remote());
        }
        state.announce(control, serving, ProcessHandle.current().pid());
        // The hook has no token to show; a repository on this machine is watched, so nothing is noticed later for it.
        Optional<Path> hooked = settings.tokens().isPresent() ? Optional.empty() : hook(followed, control);
        UpReport report = new UpReport(plane.operations(), terminal.err(), options.quiet());
        plane.tellOfServing(report::serving);
        report.started(
                followed.remote().label(),
                state.root(),
                control + UpReport.elsewhere(settings.bind(), plane.port()),
                serving,
                plane.access());
        try (ExecutorService loop = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("control-loop").factory())) {
            Future<?> running = loop.submit(() -> runLoop(plane));
            try {
                return options.once() ? once(plane, report) : follow(running, report);
            } finally {
                running.cancel(true);
            }
        } finally {
            report.stopping(options.keepServing());
            state.withdraw();
            if (hooked.isPresent()) {
                PostReceiveHook.withdraw(hooked.get());
            }
        }
    }

    private static void runLoop(ControlPlane plane) {
        try {
            plane.run();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** The hook is ours to put only into a bare repository on this machine that has none. */
    private Optional<Path> hook(Followed followed, String control) throws IOException {
        if (followed.bare().isEmpty()) {
            return Optional.empty();
        }
        if (followed.made()) {
            var _ = PostReceiveHook.install(followed.bare().get());
        }
        PostReceiveHook.announce(followed.bare().get(), control);
        return followed.bare();
    }

    private static ExitCode follow(Future<?> running, UpReport report) throws InterruptedException {
        try {
            while (!running.isDone()) {
                report.next();
            }
            running.get();
            return ExitCode.DONE;
        } catch (InterruptedException asked) {
            // An interruption is how a person ends this command: that is no failure.
            return ExitCode.DONE;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the loop ended by itself", failure.getCause());
        }
    }

    private static ExitCode once(ControlPlane plane, UpReport report) throws InterruptedException {
        Settled settled = new Settled(plane.operations(), plane::idle);
        while (!settled.look()) {
            report.next();
        }
        report.flush();
        if (settled.good()) {
            return ExitCode.DONE;
        }
        report.unready();
        return ExitCode.NO;
    }
}
