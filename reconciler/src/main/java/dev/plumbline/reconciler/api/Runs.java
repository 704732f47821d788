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
    private static final int SHORTEST_ID = 6;

    private final Operations operations;

    Runs(Operations operations) {
        this.operations = operations;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/runs", this::all),
                Endpoint.get("/api/v1/runs/{run}", this::one),
                Endpoint.get("/api/v1/runs/{run}/output", this::output));
    }

    private Reply all(Call call) {
        return Reply.json(RunReport.of(
                operations.ledger(), call.parameter("model"), ResourceReport.progress(operations.state())));
    }

    private Reply one(Call call) throws ApiError {
        return Reply.json(RunReport.detail(find(call.named("run")), ResourceReport.progress(operations.state())));
    }

    /** The run with this id, or the only one whose id begins so. */
    private RunEntry find(String text) throws ApiError {
        String digits = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        if (digits.length() < SHORTEST_ID) {
            throw ApiError.badRequest(
                    "'" + text + "' is too short for a run", "give its first " + SHORTEST_ID + " digits or more");
        }
        List<RunEntry> found = operations.ledger().runs().stream()
                .filter(run -> run.run().digest().hex().startsWith(digits))
                .toList();
        if (found.size() > 1) {
            throw ApiError.badRequest("several runs begin with " + text, "give more digits");
        }
        if (found.isEmpty()) {
            throw ApiError.notFound("there is no run " + text);
        }
        return found.getFirst();
    }

    private Reply output(Call call) throws ApiError {
        RunEntry run = find(call.named("run"));
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
