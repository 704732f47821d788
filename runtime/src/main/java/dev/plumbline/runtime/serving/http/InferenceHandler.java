package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.onnx.InferenceException;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.Gate;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.http.protocol.InferenceCall;
import dev.plumbline.runtime.serving.http.protocol.JsonBytes;
import dev.plumbline.runtime.serving.http.protocol.Protocol;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes inferences from their heads to their answers. Belongs to one event loop.
 *
 * <p>There are two ways. Small requests for fast versions are decoded, scored and answered on the event loop itself:
 * handing a computation of some microseconds to another thread and back would take longer than the computation. Those
 * that arrive together are scored together (see {@link SharedBatch}). Everything else, large bodies and versions whose
 * own measured run time is beyond {@link #LONGEST_INLINE_NANOS}, goes to the workers, of which there are as many as
 * processors; what waits for them is bounded for each endpoint.
 */
final class InferenceHandler {
    /** Longest expected computation on an event loop. */
    static final long LONGEST_INLINE_NANOS = 300_000;

    /** Largest body decoded on an event loop: about half a millisecond of parsing. */
    static final int LARGEST_INLINE_BYTES = 64 << 10;

    /** Largest body whose rows are scored together with those of others. */
    static final int LARGEST_SHARED_BYTES = 4 << 10;

    private final Context context;
    private final ServerParts parts;
    private final ConnectionWatch watch;
    private final Map<ServedModel, SharedBatch> shared = new HashMap<>();

    InferenceHandler(Context context, ServerParts parts, ConnectionWatch watch) {
        this.context = context;
        this.parts = parts;
        this.watch = watch;
    }

    void handle(HttpServerRequest request, Protocol protocol, String name, String version) {
        PendingInference pending = new PendingInference(
                this, request, protocol, name, parts.nanoTime().getAsLong());
        RequestRefused refusal = RequestHead.check(request, parts.limits());
        if (refusal != null) {
            pending.refuse(refusal);
        } else {
            pending.receive(bytes -> received(pending, version, bytes));
        }
    }

    ServerParts parts() {
        return parts;
    }

    ConnectionWatch watch() {
        return watch;
    }

    private void received(PendingInference pending, String version, byte[] bytes) {
        watch.received(pending.connection(), pending.started());
        try {
            Endpoint endpoint = InferenceFlow.find(parts.endpoints(), pending.name());
            ServedModel model = InferenceFlow.serving(endpoint, version);
            if (bytes.length <= LARGEST_SHARED_BYTES && model.runTimes().expected(1) < LONGEST_INLINE_NANOS / 4) {
                SharedBatch batch = open(endpoint, model);
                if (batch != null) {
                    share(batch, pending, endpoint, bytes);
                    return;
                }
            } else if (model.hold()) {
                alone(pending, endpoint, model, bytes);
                return;
            }
            // It was replaced between the look and the hold; another look finds its successor.
            received(pending, version, bytes);
        } catch (RequestRefused refusal) {
            pending.refuse(refusal);
        }
    }

    /** The batch of this turn of the event loop, which is scored when the sockets that are ready have been read. */
    private @Nullable SharedBatch open(Endpoint endpoint, ServedModel model) {
        SharedBatch batch = shared.get(model);
        if (batch != null || !model.hold()) {
            return batch;
        }
        SharedBatch fresh = new SharedBatch(endpoint, model, parts);
        shared.put(model, fresh);
        context.runOnContext(_ -> flush(fresh));
        return fresh;
    }

    private void share(SharedBatch batch, PendingInference pending, Endpoint endpoint, byte[] bytes) {
        batch.add(pending, endpoint, bytes);
        if (batch.full()) {
            flush(batch);
        }
    }

    private void flush(SharedBatch batch) {
        if (shared.remove(batch.model(), batch)) {
            batch.finish();
        }
    }

    /** Scores the request by itself, here or by a worker. */
    private void alone(PendingInference pending, Endpoint endpoint, ServedModel model, byte[] bytes) {
        InferenceCall call = new InferenceCall(endpoint, model, model.borrow());
        if (bytes.length > LARGEST_INLINE_BYTES) {
            queue(pending, call, bytes);
            return;
        }
        try {
            pending.decode(bytes, call);
            if (model.runTimes().expected(call.rows()) > LONGEST_INLINE_NANOS) {
                queue(pending, call, null);
                return;
            }
            pending.answer(call, compute(pending, call));
        } catch (RequestRefused refusal) {
            pending.refuse(endpoint, refusal);
        } catch (RuntimeException unforeseen) {
            pending.refuse(endpoint, parts.unforeseen(pending.name(), unforeseen));
        }
        release(call);
    }

    private JsonBytes compute(PendingInference pending, InferenceCall call) throws RequestRefused {
        try {
            parts.flow().score(call.endpoint(), call.model(), call.batch());
            return pending.encode(call);
        } catch (InferenceException failure) {
            throw parts.flow().failed(call, failure);
        }
    }

    /** Hands the rest to a worker. */
    private void queue(PendingInference pending, InferenceCall call, byte @Nullable [] undecoded) {
        Gate gate = call.endpoint().gate();
        int mostWaiting = call.endpoint().configuration().limits().queue();
        if (!gate.enter(mostWaiting)) {
            pending.refuse(
                    call.endpoint(),
                    RequestRefused.busy(
                            pending.name() + " has " + mostWaiting + " requests waiting, as many as it may"));
            release(call);
            return;
        }
        long patience = call.endpoint().configuration().limits().timeout().toNanos();
        long timer = context.owner()
                .setTimer(Math.max(1, patience / 1_000_000), _ -> pending.refuse(call.endpoint(), pending.tooLate()));
        try {
            parts.workers().execute(() -> {
                Runnable outcome = work(pending, call, undecoded, patience);
                gate.leave();
                context.runOnContext(_ -> {
                    context.owner().cancelTimer(timer);
                    outcome.run();
                    release(call);
                });
            });
        } catch (RejectedExecutionException stopping) {
            gate.leave();
            context.owner().cancelTimer(timer);
            pending.refuse(call.endpoint(), RequestRefused.unavailable("the server is stopping"));
            release(call);
        }
    }

    /** On a worker; what it gives is done on the event loop. */
    private Runnable work(PendingInference pending, InferenceCall call, byte @Nullable [] undecoded, long patience) {
        try {
            if (parts.nanoTime().getAsLong() - pending.started() > patience) {
                throw pending.tooLate();
            }
            if (undecoded != null) {
                pending.decode(undecoded, call);
            }
            JsonBytes encoded = compute(pending, call);
            return () -> pending.answer(call, encoded);
        } catch (RequestRefused refusal) {
            return () -> pending.refuse(call.endpoint(), refusal);
        } catch (RuntimeException unforeseen) {
            return () -> pending.refuse(call.endpoint(), parts.unforeseen(pending.name(), unforeseen));
        }
    }

    private static void release(InferenceCall call) {
        ScoringBatch batch = call.batch();
        call.model().giveBack(batch);
        call.model().release();
    }
}
