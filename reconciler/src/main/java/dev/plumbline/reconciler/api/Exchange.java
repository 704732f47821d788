package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Caller;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries requests from HTTP to the resources and their answers back. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String CALLER = "plumbline.caller";

    private final ExecutorService threads;
    private final PrometheusMeterRegistry metrics;
    private final Guard guard;
    private final Doorkeeper doorkeeper;
    private final Addressee addressee;
    private final Denials denials;

    Exchange(
            ExecutorService threads,
            PrometheusMeterRegistry metrics,
            Guard guard,
            Doorkeeper doorkeeper,
            Addressee addressee) {
        this.threads = threads;
        this.metrics = metrics;
        this.guard = guard;
        this.doorkeeper = doorkeeper;
        this.addressee = addressee;
        this.denials = new Denials(metrics);
    }

    void guard(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        try {
            guard.check(context.request());
            doorkeeper
                    .identify(context.request(), context.normalizedPath())
                    .ifPresent(caller -> context.put(CALLER, caller));
        } catch (ApiError refusal) {
            deny(context, refusal);
            return;
        }
        context.next();
    }

    private void deny(RoutingContext context, ApiError refusal) {
        denials.count(refusal, caller(context), context.request().method().name());
        send(context, refusal.reply());
    }

    private static Optional<Caller> caller(RoutingContext context) {
        return Optional.ofNullable(context.<Caller>get(CALLER));
    }

    void answer(Endpoint endpoint, RoutingContext context) {
        try {
            doorkeeper.admit(endpoint, caller(context));
        } catch (ApiError refusal) {
            deny(context, refusal);
            return;
        }
        try {
            addressee.check(context.request());
        } catch (ApiError astray) {
            send(context, astray.reply());
            return;
        }
        Timer.Sample sample = Timer.start(metrics);
        Call call = call(context);
        AtomicReference<Optional<Thread>> answering = new AtomicReference<>(Optional.empty());
        // Whoever went away is not waited for any longer.
        context.response().closeHandler(gone -> answering.get().ifPresent(Thread::interrupt));
        try {
            threads.execute(() -> {
                answering.set(Optional.of(Thread.currentThread()));
                Reply reply = reply(endpoint, call);
                sample.stop(Timer.builder("plumbline.api.requests")
                        .description("Requests to the control port")
                        .tag("method", endpoint.method())
                        .tag("path", endpoint.path())
                        .tag("status", Integer.toString(status(reply)))
                        .register(metrics));
                send(context, reply);
                answering.set(Optional.empty());
            });
        } catch (RejectedExecutionException closing) {
            send(context, new ApiError(503, "closing", "the control plane is stopping").reply());
        }
    }

    private static Call call(RoutingContext context) {
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
        Map<String, String> headers = new HashMap<>();
        context.request()
                .headers()
                .forEach(entry -> headers.putIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        Buffer body = context.body() == null ? null : context.body().buffer();
        return new Call(
                context.pathParams(),
                query,
                headers,
                new Body(body == null ? new byte[0] : body.getBytes()),
                caller(context));
    }

    private static Reply reply(Endpoint endpoint, Call call) {
        try {
            return endpoint.action().answer(call);
        } catch (ApiError error) {
            return error.reply();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new ApiError(503, "closing", "the control plane is stopping").reply();
        } catch (RuntimeException | Error bug) {
            // Whatever happened, somebody waits for an answer.
            LOG.error("request failed method={} path={}", endpoint.method(), endpoint.path(), bug);
            return new ApiError(500, "internal", "this is a bug in Plumbline; its log tells more").reply();
        }
    }

    private static int status(Reply reply) {
        return switch (reply) {
            case Reply.Whole whole -> whole.status();
            case Reply.Binary binary -> binary.status();
            case Reply.Lines lines -> 200;
        };
    }

    private static void send(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        switch (reply) {
            case Reply.Whole whole -> {
                response.setStatusCode(whole.status()).putHeader("Content-Type", whole.type());
                whole.headers().forEach(response::putHeader);
                response.end(Buffer.buffer(whole.body()));
            }
            case Reply.Binary binary -> {
                response.setStatusCode(binary.status()).putHeader("Content-Type", binary.type());
                binary.headers().forEach(response::putHeader);
                response.end(Buffer.buffer(binary.body().bytes()));
            }
            case Reply.Lines lines -> stream(response, lines);
        }
    }

    private static void stream(HttpServerResponse response, Reply.Lines lines) {
        response.setChunked(true).putHeader("Content-Type", lines.type());
        try {
            lines.lines().writeTo(line -> await(response.write(line + "\n")));
        } catch (InterruptedException | Gone ended) {
            response.end();
        }
    }

    /** Holds the thread until the line is on its way, so that a slow reader slows the writer and fills no memory. */
    private static void await(Future<Void> written) {
        try {
            written.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone(e);
        } catch (ExecutionException e) {
            throw new Gone(e);
        }
    }

    /** The reader is gone. */
    private static final class Gone extends RuntimeException {
        Gone(Throwable cause) {
            super(cause);
        }
    }

    void failed(RoutingContext context) {
        if (context.statusCode() == 413) {
            send(context, new ApiError(413, "too-large", "the body is too large").reply());
            return;
        }
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
            send(context, new ApiError(context.statusCode(), "bad-request", "the request cannot be read").reply());
            return;
        }
        LOG.error("request failed before it was answered path={}", context.normalizedPath(), context.failure());
        send(context, new ApiError(500, "internal", "this is a bug in Plumbline; its log tells more").reply());
    }

    void unknown(RoutingContext context) {
        send(
                context,
                new ApiError(
                                context.statusCode() == 405 ? 405 : 404,
                                "not-found",
                                "there is nothing at " + context.request().method() + " " + context.normalizedPath(),
                                Optional.of("GET /api/v1/openapi.json lists what there is"))
                        .reply());
    }
}
