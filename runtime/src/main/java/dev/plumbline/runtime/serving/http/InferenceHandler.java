package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.Gate;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes an inference from its head to its answer. Belongs to one event loop.
 *
 * <p>Small requests are decoded, scored and answered on the event loop itself: handing a computation of some
 * microseconds to another thread and back would take longer than the computation. Large bodies, and versions whose own
 * measured run time for so many rows is beyond {@link #LONGEST_INLINE_NANOS}, go to the workers, of which there are as
 * many as processors; what waits for them is bounded for each endpoint.
 */
final class InferenceHandler {
    /** Longest expected computation on an event loop. */
    static final long LONGEST_INLINE_NANOS = 300_000;

    /** Largest body decoded on an event loop: about half a millisecond of parsing. */
    static final int LARGEST_INLINE_BYTES = 64 << 10;

    private final Context context;
    private final ServerParts parts;
    private final ConnectionWatch watch;

    InferenceHandler(Context context, ServerParts parts, ConnectionWatch watch) {
        this.context = context;
        this.parts = parts;
        this.watch = watch;
    }

    void handle(HttpServerRequest request, Protocol protocol, String name, String version) {
        new Pending(request, protocol, name, version, parts.nanoTime().getAsLong()).start();
    }

    /** One request until it is answered. */
    private final class Pending {
        private final HttpServerRequest request;
        private final Protocol protocol;
        private final String name;
        private final String version;
        private final long started;
        private final BodyReceiver body;
        private boolean answered;

        Pending(HttpServerRequest request, Protocol protocol, String name, String version, long started) {
            this.request = request;
            this.protocol = protocol;
            this.name = name;
            this.version = version;
            this.started = started;
            this.body = new BodyReceiver(parts.limits(), parts.budget(), this::received, this::refuse);
        }

        void start() {
            RequestRefused refusal = head(request);
            if (refusal != null) {
                refuse(refusal);
            } else {
                body.receive(request);
            }
        }

        private void received(byte[] bytes) {
            watch.received(request.connection(), started);
            InferenceCall call;
            try {
                call = parts.flow().begin(name, version);
            } catch (RequestRefused refusal) {
                refuse(refusal);
                return;
            }
            if (bytes.length > LARGEST_INLINE_BYTES) {
                queue(call, bytes);
            } else {
                inline(call, bytes);
            }
        }

        private void inline(InferenceCall call, byte[] bytes) {
            JsonBytes encoded;
            try {
                protocol.decode(bytes, call);
                if (call.model.runTimes().expected(call.batch.rows()) > LONGEST_INLINE_NANOS) {
                    queue(call, null);
                    return;
                }
                parts.flow().score(call);
                encoded = protocol.encode(call);
            } catch (RequestRefused refusal) {
                refuse(call, refusal);
                return;
            } catch (RuntimeException unforeseen) {
                refuse(call, parts.unforeseen(name, unforeseen));
                return;
            }
            answer(call, encoded);
        }

        /** Hands the rest to a worker. */
        private void queue(InferenceCall call, byte @Nullable [] undecoded) {
            Gate gate = call.endpoint.gate();
            int mostWaiting = call.endpoint.configuration().limits().queue();
            if (!gate.enter(mostWaiting)) {
                refuse(
                        call,
                        RequestRefused.busy(name + " has " + mostWaiting + " requests waiting, as many as it may"));
                return;
            }
            long deadline = call.endpoint.configuration().limits().timeout().toNanos();
            long timer = context.owner().setTimer(Math.max(1, deadline / 1_000_000), _ -> late(call.endpoint));
            try {
                parts.workers().execute(() -> work(call, undecoded, gate, timer, deadline));
            } catch (RejectedExecutionException stopping) {
                gate.leave();
                context.owner().cancelTimer(timer);
                refuse(call, RequestRefused.unavailable("the server is stopping"));
            }
        }

        private void work(InferenceCall call, byte @Nullable [] undecoded, Gate gate, long timer, long deadline) {
            Runnable outcome;
            try {
                if (parts.nanoTime().getAsLong() - started > deadline) {
                    outcome = () -> refuse(call, tooLate());
                } else {
                    if (undecoded != null) {
                        protocol.decode(undecoded, call);
                    }
                    parts.flow().score(call);
                    JsonBytes encoded = protocol.encode(call);
                    outcome = () -> answer(call, encoded);
                }
            } catch (RequestRefused refusal) {
                outcome = () -> refuse(call, refusal);
            } catch (RuntimeException unforeseen) {
                outcome = () -> refuse(call, parts.unforeseen(name, unforeseen));
            } finally {
                gate.leave();
            }
            Runnable last = outcome;
            context.runOnContext(_ -> {
                context.owner().cancelTimer(timer);
                last.run();
            });
        }

        private void late(Endpoint endpoint) {
            if (!answered) {
                answerError(tooLate());
                parts.flow().count(endpoint, 503, 0, started);
            }
        }

        private RequestRefused tooLate() {
            return RequestRefused.unavailable(name + " could not answer in time");
        }

        private void answer(InferenceCall call, JsonBytes encoded) {
            if (!answered) {
                answered = true;
                Answers.prediction(request, call.model.name(), encoded);
                watch.answered(request.connection(), started);
                parts.flow().count(call.endpoint, 200, call.batch.rows(), started);
                parts.flow().countPredictions(call);
            }
            call.release();
            body.release();
        }

        private void refuse(InferenceCall call, RequestRefused refusal) {
            if (!answered) {
                answerError(refusal);
                parts.flow().count(call.endpoint, refusal.status(), 0, started);
            }
            call.release();
            body.release();
        }

        private void refuse(RequestRefused refusal) {
            if (!answered) {
                answerError(refusal);
                Endpoint endpoint = parts.endpoints().find(name);
                if (endpoint != null) {
                    parts.flow().count(endpoint, refusal.status(), 0, started);
                }
            }
            body.release();
        }

        private void answerError(RequestRefused refusal) {
            answered = true;
            Answers.error(request, protocol, refusal);
            watch.answered(request.connection(), started);
        }
    }

    /** Why a request is refused by its head alone; null when it is not. */
    private @Nullable RequestRefused head(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.equals("application/json") && !json(type)) {
            return RequestRefused.unsupported(
                    "the content type must be application/json (in UTF-8), not " + Cells.shown(type));
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return RequestRefused.unsupported("the body must not be compressed; it says " + Cells.shown(encoding));
        }
        if (request.getHeader("Inference-Header-Content-Length") != null) {
            return RequestRefused.badRequest("binary tensor data is not supported; send 'data' as JSON");
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null
                && length.length() > 7
                && Long.parseLong(length) > parts.limits().bodyBytes()) {
            return RequestRefused.tooLarge(
                    "the body is larger than " + parts.limits().bodyBytes() + " bytes; send fewer rows");
        }
        return null;
    }

    private static boolean json(String type) {
        String[] pieces =
                type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "").split(";", -1);
        if (!pieces[0].equals("application/json")) {
            return false;
        }
        for (int index = 1; index < pieces.length; index++) {
            if (pieces[index].startsWith("charset=") && !pieces[index].equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
