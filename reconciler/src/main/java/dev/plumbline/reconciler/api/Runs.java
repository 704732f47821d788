package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.report.ResourceReport;
import dev.plumbline.reconciler.report.RunReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/runs}: training runs and their output. */
final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int OUTPUT_PART = 1 << 20;

    private final Operations operations;
    private final RunLookup lookup;

    Runs(Operations operations) {
        this.operations = operations;
        this.lookup = new RunLookup(operations);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/runs", this::all),
                Endpoint.get("/api/v1/runs/{run}", this::one),
                Endpoint.get("/api/v1/runs/{run}/output", this::output));
    }

    private Reply all(Call call) {
        Operations.State state = operations.state();
        return Reply.json(RunReport.of(
                operations.ledger(), call.parameter("model"), ResourceReport.progress(state), state.queue()));
    }

    private Reply one(Call call) throws ApiError {
        return Reply.json(
                RunReport.detail(lookup.find(call.named("run")), ResourceReport.progress(operations.state())));
    }

    private Reply output(Call call) throws ApiError {
        RunEntry run = lookup.find(call.named("run"));
        Path file = operations
                .output(run.run())
                .orElseThrow(() -> ApiError.notFound("this machine does not hold the output of run "
                        + run.run().shortened()));
        int offset = call.number("offset", 0, Integer.MAX_VALUE);
        try {
            byte[] part = part(file, offset);
            return new Reply.Whole(
                    200,
                    "text/plain; charset=utf-8",
                    new String(part, StandardCharsets.UTF_8),
                    Map.of(
                            "X-Plumbline-Offset",
                            Long.toString((long) offset + part.length),
                            "X-Plumbline-Run-Status",
                            run.status().label()));
        } catch (IOException e) {
            LOG.error("output of a run cannot be read run={}", run.run(), e);
            throw new ApiError(
                    500, "unreadable", "the output of run " + run.run().shortened() + " cannot be read");
        }
    }

    private static byte[] part(Path file, int offset) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long left = Math.max(0, open.length() - offset);
            byte[] part = new byte[(int) Math.min(left, OUTPUT_PART)];
            open.seek(offset);
            open.readFully(part);
            return left > part.length ? wholeLines(part) : part;
        }
    }

    /** Cut after a line rather than within a character. */
    private static byte[] wholeLines(byte[] part) {
        for (int end = part.length; end > 0; end--) {
            if (part[end - 1] == '\n') {
                return Arrays.copyOf(part, end);
            }
        }
        return part;
    }
}
