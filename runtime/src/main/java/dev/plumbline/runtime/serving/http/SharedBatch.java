package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.onnx.InferenceException;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.http.protocol.InferenceCall;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import java.util.ArrayList;
import java.util.List;

/**
 * Small requests for one version that one turn of an event loop has read, scored in one run. A run over some rows takes
 * hardly longer than one over a single row, and nobody waits: the batch is scored as soon as the sockets that were
 * ready are read. Each request is decoded, checked and answered by itself. Belongs to one event loop.
 */
final class SharedBatch {
    private static final int MOST_ROWS = 64;

    private final Endpoint endpoint;
    private final ServedModel model;
    private final ServerParts parts;
    private final ScoringBatch batch;
    private final List<Member> members = new ArrayList<>();

    /** A request with its rows. */
    private static final class Member {
        final PendingInference pending;
        final InferenceCall call;
        final byte[] bytes;

        Member(PendingInference pending, InferenceCall call, byte[] bytes) {
            this.pending = pending;
            this.call = call;
            this.bytes = bytes;
        }
    }

    /** A batch of a version that the caller holds; finishing it lets go. */
    SharedBatch(Endpoint endpoint, ServedModel model, ServerParts parts) {
        this.endpoint = endpoint;
        this.model = model;
        this.parts = parts;
        this.batch = model.borrow();
    }

    ServedModel model() {
        return model;
    }

    /** Decodes a request into the batch, or refuses it. */
    void add(PendingInference pending, Endpoint current, byte[] bytes) {
        InferenceCall call = new InferenceCall(current, model, batch);
        try {
            pending.decode(bytes, call);
            members.add(new Member(pending, call, bytes));
        } catch (RequestRefused refusal) {
            batch.rows(call.firstRow());
            pending.refuse(current, refusal);
        } catch (RuntimeException unforeseen) {
            batch.rows(call.firstRow());
            pending.refuse(current, parts.unforeseen(pending.name(), unforeseen));
        }
    }

    /** Whether more rows would keep the event loop too long. */
    boolean full() {
        int rows = batch.rows();
        return rows >= MOST_ROWS || model.runTimes().expected(rows + 1) > InferenceHandler.LONGEST_INLINE_NANOS;
    }

    /** Scores and answers all. */
    void finish() {
        try {
            if (!members.isEmpty()) {
                score();
            }
        } finally {
            model.giveBack(batch);
            model.release();
        }
    }

    private void score() {
        try {
            parts.flow().score(endpoint, model, batch);
        } catch (InferenceException failure) {
            members.forEach(member -> scoreAlone(member, failure));
            return;
        }
        members.forEach(member -> answer(member.pending, member.call));
    }

    /** When the run fails, no request suffers for the rows of another: each gets a run of its own. */
    private void scoreAlone(Member member, InferenceException failure) {
        if (members.size() == 1) {
            member.pending.refuse(member.call.endpoint(), parts.flow().failed(member.call, failure));
            return;
        }
        ScoringBatch own = model.borrow();
        InferenceCall call = new InferenceCall(member.call.endpoint(), model, own);
        try {
            member.pending.decode(member.bytes, call);
            parts.flow().score(endpoint, model, own);
            answer(member.pending, call);
        } catch (RequestRefused refusal) {
            member.pending.refuse(call.endpoint(), refusal);
        } catch (InferenceException again) {
            member.pending.refuse(call.endpoint(), parts.flow().failed(call, again));
        } finally {
            model.giveBack(own);
        }
    }

    private void answer(PendingInference pending, InferenceCall call) {
        try {
            pending.answer(call, pending.encode(call));
        } catch (RequestRefused refusal) {
            pending.refuse(call.endpoint(), refusal);
        } catch (RuntimeException unforeseen) {
            pending.refuse(call.endpoint(), parts.unforeseen(pending.name(), unforeseen));
        }
    }
}
