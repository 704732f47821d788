package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Addresses;
import dev.plumbline.reconciler.access.TokensFile;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control port. Requests are answered by blocking code on virtual threads. Thread-safe. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int IDLE_SECONDS = 75;
    private static final long PATIENCE_SECONDS = 10;

    private final HttpServer server;
    private final ExecutorService threads;

    private ApiServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Opens the port and answers from now on.
     *
     * @throws ListenException when the address is not a loopback one and nobody would be asked for a token, or the port is
     *     taken
     */
    public static ApiServer start(
            Vertx vertx, Operations operations, PrometheusMeterRegistry metrics, ApiSettings settings)
            throws ListenException, InterruptedException {
        return start(vertx, operations, metrics, settings, Optional.empty());
    }

    /**
     * Opens the port and answers from now on, deliveries of forges too.
     *
     * @throws ListenException as the other one
     */
    public static ApiServer start(
            Vertx vertx,
            Operations operations,
            PrometheusMeterRegistry metrics,
            ApiSettings settings,
            Optional<WebhookReceiver> webhooks)
            throws ListenException, InterruptedException {
        requireLoopback(settings);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("api-", 0).factory());
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.bind())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(
                        router(vertx, endpoints(operations, metrics, settings), threads, metrics, settings, webhooks));
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            threads.shutdownNow();
            throw refused(settings, e);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            server.close();
            throw e;
        }
        return new ApiServer(server, threads);
    }

    /** Everything that can be asked. */
    static List<Endpoint> endpoints(Operations operations, PrometheusMeterRegistry metrics, ApiSettings settings) {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new Surroundings(operations, metrics, settings).endpoints());
        all.addAll(new Resources(operations, settings.tokens()).endpoints());
        all.addAll(new Runs(operations).endpoints());
        all.addAll(new LedgerRecords(operations).endpoints());
        all.addAll(new Requests(operations).endpoints());
        all.addAll(new Orders(operations).endpoints());
        all.addAll(new Hints(operations).endpoints());
        all.addAll(new PolicyServer(settings.policies(), metrics).endpoints());
        return List.copyOf(all);
    }

    private static Router router(
            Vertx vertx,
            List<Endpoint> endpoints,
            ExecutorService threads,
            PrometheusMeterRegistry metrics,
            ApiSettings settings,
            Optional<WebhookReceiver> webhooks) {
        Router router = Router.router(vertx);
        webhooks.map(receiver -> new WebhookRoute(receiver, threads, metrics, WebhookRoute.DEADLINE))
                .ifPresent(route -> router.post(vertxPath(WebhookRoute.PATH)).handler(route::handle));
        Exchange exchange = new Exchange(
                threads,
                metrics,
                new Guard(settings.bind(), settings.tokens().isPresent()),
                new Doorkeeper(settings.tokens()),
                new Addressee(settings.environment()));
        settings.tokens().ifPresent(tokens -> watch(tokens, metrics));
        router.route().handler(exchange::guard);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        for (Endpoint endpoint : endpoints) {
            router.route(HttpMethod.valueOf(endpoint.method()), vertxPath(endpoint.path()))
                    .handler(context -> exchange.answer(endpoint, context));
        }
        router.route().failureHandler(exchange::failed);
        router.errorHandler(404, exchange::unknown);
        router.errorHandler(405, exchange::unknown);
        return router;
    }

    private static void watch(TokensFile tokens, PrometheusMeterRegistry metrics) {
        Gauge.builder(
                        "plumbline.api.tokens.outdated",
                        tokens,
                        file -> file.problem().isPresent() ? 1 : 0)
                .description("1 while the tokens file cannot be used and those read before stay live")
                .register(metrics);
    }

    private static String vertxPath(String path) {
        return path.replaceAll("\\{([a-z]+)}", ":$1");
    }

    /** The port that answers. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("control port did not close in order", e);
        }
    }

    private static void requireLoopback(ApiSettings settings) throws ListenException {
        String bind = settings.bind();
        try {
            if (!Addresses.loopback(bind) && settings.tokens().isEmpty()) {
                throw new ListenException("no authentication is configured, so the control port listens on loopback"
                        + " only, not on " + bind + ": set auth.tokensFile in the configuration first");
            }
        } catch (UnknownHostException e) {
            throw new ListenException(bind + " is not an address of this machine", e);
        }
    }

    private static ListenException refused(ApiSettings settings, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new ListenException(
                        "port " + settings.port() + " on " + settings.bind()
                                + " is taken: stop what listens there, or choose another with --port"
                                + " (0 lets the system choose)",
                        failure);
            }
        }
        return new ListenException(
                "the control port cannot be opened on " + settings.bind() + ":" + settings.port(), failure);
    }
}
