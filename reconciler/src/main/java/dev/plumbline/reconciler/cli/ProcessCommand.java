package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs a command as the whole of this process: SIGINT and SIGTERM interrupt the thread that runs it, and the process
 * ends with what the command then returns.
 */
public final class ProcessCommand {
    private static final long PATIENCE_SECONDS = 120;

    private ProcessCommand() {}

    /** Never returns. */
    public static void run(Supplier<ExitCode> command) {
        CompletableFuture<ExitCode> ended = new CompletableFuture<>();
        Thread main = Thread.currentThread();
        Thread onSignal = new Thread(() -> interrupt(main, ended), "plumb-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        ExitCode code = ExitCode.BUG;
        try {
            code = command.get();
        } finally {
            ended.complete(code);
        }
        Runtime.getRuntime().exit(code.code());
    }

    private static void interrupt(Thread main, CompletableFuture<ExitCode> ended) {
        if (ended.isDone()) {
            return;
        }
        main.interrupt();
        Runtime.getRuntime().halt(await(ended).code());
    }

    private static ExitCode await(CompletableFuture<ExitCode> ended) {
        try {
            return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException late) {
            return ExitCode.TIMEOUT;
        } catch (ExecutionException impossible) {
            return ExitCode.BUG;
        }
    }
}
