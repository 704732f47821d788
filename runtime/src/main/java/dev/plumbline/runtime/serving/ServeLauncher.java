package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.Endpoints.Unreachable;
import dev.plumbline.runtime.serving.LocalEndpoints.Running;
import dev.plumbline.runtime.serving.LocalEndpoints.Settings;
import dev.plumbline.runtime.serving.ServeFolder.Address;
import dev.plumbline.schemas.fault.Failpoint;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, finds and ends the data plane of a state folder. */
final class ServeLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ServeLauncher.class);
    private static final long LOOK_MILLIS = 20;
    private static final long STOP_SECONDS = 10;
    private static final long LARGEST_LOG = 16L << 20;

    private final Settings settings;
    private final HttpClient client;
    private final ServeFolder folder;

    ServeLauncher(Settings settings, HttpClient client) throws IOException {
        this.settings = settings;
        this.client = client;
        this.folder = new ServeFolder(settings.state());
    }

    /** The data plane that already serves the folder on the port that is asked for. One on another port is ended. */
    Optional<Running> adopt() throws IOException, InterruptedException {
        Optional<Running> found = settled();
        if (found.isPresent()) {
            int port = found.get().plane().address().servingPort();
            if (settings.port() == 0 || settings.port() == port) {
                LOG.info(
                        "data plane adopted pid={} port={}",
                        found.get().process().pid(),
                        port);
                return found;
            }
            LOG.info("data plane is started again on another port from={} to={}", port, settings.port());
            stop(found);
        }
        return Optional.empty();
    }

    /** The data plane that serves a folder: the process lives, and answers to the folder's token with its own id. */
    static Optional<Running> find(ServeFolder folder, HttpClient client) throws IOException, InterruptedException {
        Optional<Address> address = folder.address();
        Optional<String> token = folder.token();
        Optional<ProcessHandle> process =
                address.flatMap(each -> ProcessHandle.of(each.pid())).filter(ProcessHandle::isAlive);
        if (address.isEmpty() || token.isEmpty() || process.isEmpty()) {
            return Optional.empty();
        }
        DataPlane plane = new DataPlane(client, address.get(), token.get());
        return plane.answers() ? Optional.of(new Running(plane, process.get())) : Optional.empty();
    }

    /** Asks a data plane to end, and ends it when it does not. */
    static boolean stop(Optional<Running> running) throws InterruptedException {
        if (running.isEmpty() || !running.get().process().isAlive()) {
            return false;
        }
        CompletableFuture<ProcessHandle> exit = running.get().process().onExit();
        try {
            running.get().plane().stop();
            exit.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Unreachable | TimeoutException | ExecutionException deaf) {
            LOG.warn(
                    "data plane did not end when asked and is killed pid={}",
                    running.get().process().pid());
            running.get().process().destroyForcibly();
            exit.join();
        }
        return true;
    }

    /** The data plane that uses the folder. One that a former control plane had only begun to start is waited for. */
    private Optional<Running> settled() throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + settings.startLimit().toNanos();
        while (true) {
            boolean used = folder.inUse();
            Optional<Running> found = find(folder, client);
            if (found.isPresent() || !used) {
                return found;
            }
            if (System.nanoTime() >= deadline) {
                throw new IOException("a serving process uses this state folder and does not answer within "
                        + settings.startLimit().toSeconds() + " seconds; end it and start again. " + lastLine());
            }
            var _ = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Starts a data plane, unless one has been started meanwhile; it answers when this returns. */
    Running start(int port) throws IOException, InterruptedException {
        Optional<Running> begun = settled();
        if (begun.isPresent()) {
            return begun.get();
        }
        refuseTakenPort(port);
        rotateLog();
        List<String> arguments = new ArrayList<>(settings.arguments());
        arguments.addAll(List.of("--state", folder.state().toString()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--bind", settings.host()));
        Process process = settings.command()
                .inOwnSession()
                .builder(arguments)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .redirectErrorStream(true)
                .start();
        Failpoint.SERVING_SPAWNED.hit();
        long deadline = System.nanoTime() + settings.startLimit().toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Running> found = find(folder, client);
            if (found.isPresent() && found.get().process().pid() == process.pid()) {
                LOG.info(
                        "data plane started pid={} port={}",
                        process.pid(),
                        found.get().plane().address().servingPort());
                return found.get();
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // It gives way to one that took the folder before it.
                Optional<Running> other = settled();
                if (other.isPresent()) {
                    return other.get();
                }
                throw new IOException(
                        "the data plane ended while it started (exit " + process.exitValue() + "). " + lastLine());
            }
        }
        process.destroyForcibly();
        throw new IOException("the data plane did not answer within "
                + settings.startLimit().toSeconds() + " seconds. " + lastLine());
    }

    private void refuseTakenPort(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), port));
        } catch (IOException taken) {
            throw new IOException(
                    "port " + port + " on " + settings.host()
                            + " is taken by another program; end that program, or choose another --serving-port",
                    taken);
        }
    }

    private void rotateLog() throws IOException {
        Path log = folder.log();
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling("serve.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String lastLine() throws IOException {
        List<String> lines = Files.exists(folder.log())
                ? Files.readString(folder.log(), StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList()
                : List.of();
        return "The log serve/serve.log in the state folder"
                + (lines.isEmpty() ? " is empty." : " ends with: " + lines.getLast());
    }
}
