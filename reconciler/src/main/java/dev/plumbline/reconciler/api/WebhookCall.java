package dev.plumbline.reconciler.api;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.webhooks.Answer;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.Outcome;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.receive.Delivery;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One delivery on its way in. Its parts are taken on the event loop, which owns every field, as they arrive; the secret is
 * read and the whole is judged on a virtual thread.
 */
final class WebhookCall {
    /** Reads the headers of a delivery. */
    @FunctionalInterface
    interface Start {
        Delivery begin(Headers headers) throws RefusedDelivery;
    }

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCall.class);
    private static final String RETRY_SECONDS = "10";

    /** How long the rest of a refused body is thrown away, so that its sender comes to read the answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context loop;
    private final HttpServerRequest request;
    private final ExecutorService threads;
    private final Duration deadline;
    private final Start start;
    private final Consumer<Answer> told;
    private boolean answered;
    private boolean judging;
    private long timer = -1;

    WebhookCall(
            RoutingContext context, ExecutorService threads, Duration deadline, Start start, Consumer<Answer> told) {
        this.vertx = context.vertx();
        this.loop = vertx.getOrCreateContext();
        this.request = context.request();
        this.threads = threads;
        this.deadline = deadline;
        this.start = start;
        this.told = told;
    }

    void begin() {
        request.pause();
        Headers headers = Headers.of(request.headers());
        blocking(() -> {
            try {
                Delivery delivery = start.begin(headers);
                loop.runOnContext(begun -> receive(delivery));
            } catch (RefusedDelivery refused) {
                loop.runOnContext(begun -> answer(refused.answer()));
            }
        });
    }

    private void receive(Delivery delivery) {
        if (answered) {
            delivery.close();
            return;
        }
        timer = vertx.setTimer(
                deadline.toMillis(),
                over -> end(delivery, new Answer(Outcome.LATE, "the body took too long", Optional.empty())));
        request.exceptionHandler(gone -> {
            if (!judging) {
                end(delivery, new Answer(Outcome.GONE, "the sender went away", Optional.empty()));
            }
        });
        request.handler(part -> take(delivery, part));
        request.endHandler(whole -> judge(delivery));
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void take(Delivery delivery, Buffer part) {
        if (answered) {
            return;
        }
        try {
            delivery.take(part.getBytes());
        } catch (RefusedDelivery refused) {
            end(delivery, refused.answer());
        }
    }

    private void judge(Delivery delivery) {
        if (answered) {
            return;
        }
        judging = true;
        vertx.cancelTimer(timer);
        blocking(() -> {
            try (delivery) {
                Answer answer = delivery.end();
                loop.runOnContext(judged -> answer(answer));
            }
        });
    }

    private void end(Delivery delivery, Answer answer) {
        delivery.close();
        vertx.cancelTimer(timer);
        answer(answer);
    }

    private void blocking(Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error bug) {
                    // Whatever happened, somebody waits for an answer.
                    LOG.error("A webhook delivery could not be handled", bug);
                    loop.runOnContext(failed ->
                            send(500, "internal", "this is a bug in Plumbline; its log tells more", Optional.empty()));
                }
            });
        } catch (RejectedExecutionException closing) {
            answer(new Answer(Outcome.UNAVAILABLE, "the control plane is stopping", Optional.empty()));
        }
    }

    private void answer(Answer answer) {
        if (!answered) {
            told.accept(answer);
            send(answer.outcome().status(), answer.outcome().label(), answer.message(), answer.hint());
        }
    }

    private void send(int status, String code, String message, Optional<String> hint) {
        answered = true;
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store");
        if (status == 503) {
            response.putHeader("Retry-After", RETRY_SECONDS);
        }
        if (!request.isEnded()) {
            response.putHeader("Connection", "close");
            discard();
        }
        response.end(Json.line(body(status, code, message, hint)) + "\n");
    }

    private static ObjectNode body(int status, String code, String message, Optional<String> hint) {
        ObjectNode body = Json.object();
        ObjectNode inner = status < 400
                ? body.put("outcome", code)
                : body.putObject("error").put("code", code);
        inner.put("message", message);
        hint.ifPresent(text -> inner.put("hint", text));
        return body;
    }

    /** Throws the rest of the body away and closes the connection, soon in any case. */
    private void discard() {
        long lingering =
                vertx.setTimer(LINGER.toMillis(), over -> request.connection().close());
        request.exceptionHandler(gone -> vertx.cancelTimer(lingering));
        request.handler(part -> {});
        request.endHandler(whole -> {
            vertx.cancelTimer(lingering);
            request.connection().close();
        });
        request.resume();
    }
}
