package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The inference port: as many event loops as processors, and as many workers for long computations. */
public final class InferenceServer implements AutoCloseable {
    private static final long SWEEP_MILLIS = 250;

    /** For Vert.x, a negative port is one that the system chooses and that all loops of the deployment share. */
    private static final int SYSTEM_CHOICE = -1;

    private static final int START_SECONDS = 30;

    private final Vertx vertx;
    private final ExecutorService workers;
    private final int port;

    private InferenceServer(Vertx vertx, ExecutorService workers, int port) {
        this.vertx = vertx;
        this.workers = workers;
        this.port = port;
    }

    /**
     * Opens the port; it answers when this returns.
     *
     * @param port 0 lets the system choose
     * @param metrics the whole exposition in Prometheus form
     * @param nanoTime for durations
     * @throws IOException when the port cannot be opened
     */
    public static InferenceServer start(
            String host,
            int port,
            LiveEndpoints endpoints,
            HttpLimits limits,
            Supplier<String> metrics,
            LongSupplier nanoTime)
            throws IOException, InterruptedException {
        int processors = processors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(processors));
        ExecutorService workers = Executors.newFixedThreadPool(
                processors, Thread.ofPlatform().daemon().name("inference-", 0).factory());
        ServerParts parts = new ServerParts(
                endpoints,
                new InferenceFlow(nanoTime),
                limits,
                new BodyBudget(limits.buffered()),
                metrics,
                workers,
                nanoTime);
        AtomicInteger opened = new AtomicInteger();
        try {
            await(vertx.deployVerticle(
                    () -> new Loop(parts, host, port == 0 ? SYSTEM_CHOICE : port, opened),
                    new DeploymentOptions().setInstances(processors)));
        } catch (IOException failure) {
            workers.shutdown();
            vertx.close();
            throw failure;
        }
        return new InferenceServer(vertx, workers, opened.get());
    }

    /** How many requests are computed at once, at most. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The port that is open. */
    public int port() {
        return port;
    }

    /** Closes the port; requests under way may end. */
    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException failure) {
            throw new IllegalStateException("the inference port could not be closed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            workers.shutdown();
        }
    }

    private static void await(Future<?> future) throws IOException, InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
        } catch (TimeoutException late) {
            throw new IOException("the inference port did not open or close in " + START_SECONDS + " seconds", late);
        }
    }

    /** One event loop's share of the port. */
    private static final class Loop extends AbstractVerticle {
        private final ServerParts parts;
        private final String host;
        private final int port;
        private final AtomicInteger opened;

        Loop(ServerParts parts, String host, int port, AtomicInteger opened) {
            this.parts = parts;
            this.host = host;
            this.port = port;
            this.opened = opened;
        }

        @Override
        public void start(Promise<Void> started) {
            ConnectionWatch watch = new ConnectionWatch(parts.limits(), parts.nanoTime());
            InferenceRoutes routes =
                    new InferenceRoutes(parts, new InferenceHandler(context, parts, watch), watch, context);
            HttpServer server = vertx.createHttpServer(options());
            server.connectionHandler(watch::opened);
            server.requestHandler(routes::handle);
            vertx.setPeriodic(SWEEP_MILLIS, _ -> watch.sweep());
            server.listen(port, host)
                    .onSuccess(listening -> opened.set(listening.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private HttpServerOptions options() {
            // Heads are bounded at 4 KiB for the first line and 8 KiB for all headers. HTTP/2 without TLS is off, and
            // compressed bodies are refused, so neither stream floods nor compression bombs reach us.
            return new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setDecompressionSupported(false)
                    .setCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setHandle100ContinueAutomatically(true)
                    .setMaxInitialLineLength(4096)
                    .setMaxHeaderSize(8192)
                    .setMaxChunkSize(64 << 10)
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(1024);
        }
    }
}
