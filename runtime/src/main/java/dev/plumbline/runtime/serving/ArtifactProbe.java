package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Loads and runs each artifact first in a throw-away child with limits on time and memory, so that a file that crashes
 * native code, never ends or takes all memory harms nobody. Once per digest; what passed is remembered on disk.
 * Thread-safe.
 */
final class ArtifactProbe {
    private static final long BASE_HEAP = 128L << 20;
    private static final long BASE_ADDRESS_SPACE = 6L << 30;

    private final ServeFolder folder;
    private final Duration limit;

    ArtifactProbe(ServeFolder folder, Duration limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Why this artifact must not be loaded; empty when it may. */
    Optional<DeployOutcome.Failed> probe(Path artifact, Digest digest) throws IOException, InterruptedException {
        Path passed = folder.probed(digest.hex());
        if (Files.exists(passed)) {
            return Optional.empty();
        }
        long size = Files.size(artifact);
        Process child = ChildJvm.of(ProbeProcess.class)
                .with("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=48m")
                .with("-XX:CompressedClassSpaceSize=64m", "-XX:-CreateCoredumpOnCrash")
                .with("-XX:ErrorFile=/dev/null")
                .withHeap(BASE_HEAP + 8 * size)
                .withAddressSpace(BASE_ADDRESS_SPACE + 16 * size)
                .builder(List.of(artifact.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Optional<DeployOutcome.Failed> failure = await(child, digest);
            if (failure.isEmpty()) {
                ServeFolder.write(passed, new byte[0]);
            }
            return failure;
        } finally {
            child.destroyForcibly();
        }
    }

    private Optional<DeployOutcome.Failed> await(Process child, Digest digest)
            throws IOException, InterruptedException {
        if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return failed(digest, "did not load and answer within " + limit.toSeconds() + " seconds", false);
        }
        return switch (child.exitValue()) {
            case 0 -> Optional.empty();
            case ProbeProcess.REFUSED -> {
                String reason = new String(child.getInputStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
                yield failed(digest, "was refused: " + reason, true);
            }
            default ->
                failed(
                        digest,
                        "ended the process that loaded it (exit " + child.exitValue()
                                + "): it needs more memory than it may take, or crashes the runtime",
                        true);
        };
    }

    private static Optional<DeployOutcome.Failed> failed(Digest digest, String what, boolean permanent) {
        return Optional.of(new DeployOutcome.Failed(
                "ProbeFailed",
                "The artifact " + digest.shortened() + " " + what
                        + ". What served before goes on; train the version again, or name another one.",
                permanent));
    }
}
