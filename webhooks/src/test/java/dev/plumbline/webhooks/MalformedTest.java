package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W7: what is signed and makes no sense is refused, and nothing breaks. */
final class MalformedTest {
    private static final int ROUNDS = 5_000;
    private static final List<Forge> FORGES = List.of(Forge.values());
    private static final long SEED = 20_260_301;

    private final Bed bed = new Bed();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "7",
                "\"push\"",
                "{} {}",
                "{}",
                "{\"ref\":\"refs/heads/main\"}",
                "{\"ref\":\"refs/heads/main\",\"repository\":null}",
                "{\"ref\":\"refs/heads/main\",\"repository\":[]}",
                "{\"ref\":\"refs/heads/main\",\"repository\":{}}",
                "{\"ref\":\"refs/heads/main\",\"repository\":{\"clone_url\":7}}",
                "{\"repository\":{\"clone_url\":\"https://git.example.com/team/models.git\"}}",
                "{\"ref\":[\"refs/heads/main\"],\"repository\":{\"clone_url\":\"https://git.example.com/team/models\"}}",
                "{\"ref\":\"refs/heads/main\",\"ref\":\"refs/heads/other\"}",
                "\u0000",
                "{\"ref\":\"\\ud800\"}"
            })
    void refusesASignedBodyThatIsNoPush(String body) throws Exception {
        assertThat(bed.gitHub("push", "1", body)).isEqualTo(Outcome.MALFORMED);
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void refusesAPushWithMoreBehindItOrTooLongAText() throws Exception {
        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH + " {}")).isEqualTo(Outcome.MALFORMED);
        assertThat(bed.gitHub("push", "2", Bed.GITHUB_PUSH.replace("/main", "/" + "x".repeat(2049))))
                .isEqualTo(Outcome.MALFORMED);
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void refusesBodiesNestedBeyondMeasure() throws Exception {
        String deep = "{\"a\":".repeat(100_000);
        assertThat(bed.gitHub("push", "1", deep)).isEqualTo(Outcome.MALFORMED);
        assertThat(bed.gitHub("push", "2", "[".repeat(100_000))).isEqualTo(Outcome.MALFORMED);
        assertThat(bed.gitHub("push", "3", "{\"ref\":\"" + "x".repeat(100_000) + "\"}"))
                .isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void answersWhateverIsSignedWithTwoHundredsOrFourHundreds() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> seeds = List.of(Bed.GITHUB_PUSH, Bed.GITLAB_PUSH, Bed.GENERIC_PUSH);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutated(Bed.bytes(seeds.get(random.nextInt(seeds.size()))), random);
            Forge forge = FORGES.get(random.nextInt(FORGES.size()));
            Answer answer = bed.deliver(forge, signed(forge, body, round), body);
            assertThat(answer.outcome().status())
                    .as("seed %d round %d forge %s", SEED, round, forge)
                    .isIn(200, 202, 400, 403);
        }
    }

    @Test
    void answersWhateverHeadersItGetsWithTwoHundredsOrFourHundreds() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> names = List.of(
                "X-GitHub-Event",
                "X-Hub-Signature-256",
                "X-Gitlab-Event",
                "X-Gitlab-Token",
                "X-Gitea-Event",
                "X-Gitea-Signature",
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature",
                "Content-Type",
                "Content-Length");
        List<String> values = List.of("", " ", "push", "sha256=", "v1,", "-1", "9".repeat(40), "\u0000\uffff", "=,=");
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> headers = new HashMap<>();
            for (int each = random.nextInt(6); each > 0; each--) {
                headers.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            Forge forge = FORGES.get(random.nextInt(FORGES.size()));
            assertThat(bed.outcome(forge, headers, "{}").status())
                    .as("seed %d round %d %s", SEED, round, headers)
                    .isBetween(400, 499);
        }
    }

    /** Cut, flipped, doubled or filled with noise. */
    private static byte[] mutated(byte[] body, RandomGenerator random) {
        byte[] changed = switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 1 -> new String(body, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);
            default -> body.clone();
        };
        for (int flips = random.nextInt(8); flips > 0 && changed.length > 0; flips--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static Map<String, String> signed(Forge forge, byte[] body, int round) throws Exception {
        byte[] key = Bed.bytes(Bed.SECRET);
        return switch (forge) {
            case GITHUB ->
                Map.of(
                        "X-GitHub-Event",
                        "push",
                        "X-Hub-Signature-256",
                        "sha256=" + Signatures.hex("HmacSHA256", key, body));
            case GITEA -> Map.of("X-Gitea-Event", "push", "X-Gitea-Signature", Signatures.hex("HmacSHA256", key, body));
            case GITLAB ->
                Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", Bed.SECRET, "Idempotency-Key", "k" + round);
            case GENERIC -> {
                long now = Bed.NOW.getEpochSecond();
                yield Map.of(
                        "webhook-id", "m" + round,
                        "webhook-timestamp", Long.toString(now),
                        "webhook-signature", Signatures.standard(Bed.SIGNING_KEY, "m" + round, now, body));
            }
        };
    }
}
