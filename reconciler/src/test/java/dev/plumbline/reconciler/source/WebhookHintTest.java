package dev.plumbline.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.BranchWatch;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import dev.plumbline.webhooks.FollowedBranch;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.Outcome;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.RepositoryAddress;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.receive.Delivery;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** W4: whatever happens to deliveries, what is followed is what Git holds. */
@Timeout(60)
final class WebhookHintTest {
    private static final String SECRET = "a secret of the webhook";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SEED = 4;

    @TempDir
    Path folder;

    @Test
    void followsWhatGitHoldsWhateverHappensToDeliveries() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (TemporaryRepository repository =
                        TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
                Mirror mirror = Mirror.open(
                        folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
                // A remote that cannot be watched, so that only hints and the poll wake anybody.
                BranchWatch watch = watch(POLL)) {
            GitSource source = new GitSource(mirror, "main", "");
            WebhookReceiver receiver = receiver(watch);
            List<String> deliveries = new ArrayList<>();
            for (int commit = 0; commit < 20; commit++) {
                String id = repository.commit("Commit " + commit, "a.yaml", Integer.toString(commit));
                deliveries.add(push(id));
                for (int each = random.nextInt(4); each > 0; each--) {
                    // Late, doubled, out of order, or never; each fourth one forged to name a commit that is not there.
                    String body = random.nextInt(4) == 0
                            ? push("f".repeat(40))
                            : deliveries.get(random.nextInt(deliveries.size()));
                    deliver(receiver, body, random.nextInt(3) == 0 ? "another secret" : SECRET);
                }

                watch.await();

                assertThat(source.fetch().orElseThrow().revision())
                        .as("seed %d commit %d", SEED, commit)
                        .isEqualTo(new Revision(id));
            }
        }
    }

    @Test
    void isWokenByADeliveryAndWithoutAnyByThePoll() throws Exception {
        try (BranchWatch patient = watch(Duration.ofHours(1));
                BranchWatch watch = watch(POLL)) {
            assertThat(deliver(receiver(patient), push("1".repeat(40)), SECRET)).isEqualTo(Outcome.LOOKED);
            assertThat(patient.await()).isEqualTo(BranchWatch.Wake.HINTED);

            assertThat(deliver(receiver(watch), push("1".repeat(40)), "another secret"))
                    .isEqualTo(Outcome.UNAUTHENTIC);
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.POLLED);
        }
    }

    private BranchWatch watch(Duration poll) {
        return new BranchWatch(
                Remote.parse("https://git.example.com/a.git", folder), "main", poll, new SplittableRandom(1));
    }

    private static WebhookReceiver receiver(BranchWatch watch) {
        Secrets secrets = Secrets.parse(SECRET);
        return new WebhookReceiver(
                Map.of(Forge.GITHUB, () -> secrets),
                new FollowedBranch(RepositoryAddress.parse("https://git.example.com/a"), "main"),
                MutableClock.started(),
                watch::hint);
    }

    private static String push(String commit) {
        return "{\"ref\":\"refs/heads/main\",\"after\":\"" + commit
                + "\",\"repository\":{\"clone_url\":\"https://git.example.com/a.git\"}}";
    }

    private static Outcome deliver(WebhookReceiver receiver, String body, String secret) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        Headers headers = Headers.of(Map.of(
                        "Content-Type",
                        "application/json",
                        "X-GitHub-Event",
                        "push",
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes)))
                .entrySet());
        try (Delivery delivery = receiver.begin(Forge.GITHUB, headers)) {
            delivery.take(bytes);
            return delivery.end().outcome();
        } catch (RefusedDelivery refused) {
            return refused.answer().outcome();
        }
    }
}
