package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.webhooks.proof.BodyCheck;
import dev.plumbline.webhooks.proof.StandardSignature;
import dev.plumbline.webhooks.receive.Delivery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W1: who cannot sign is refused before anything of the body is read. */
final class AuthenticityTest {
    /** Would be 400 if somebody read it. */
    private static final String NOT_JSON = "{{{";

    private final Bed bed = new Bed();

    @Test
    void acceptsTheSignatureThatGitHubPublishesAsAnExample() throws Exception {
        Map<String, String> headers = Map.of(
                "X-GitHub-Event", "ping",
                "X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        assertThat(bed.outcome(Forge.GITHUB, headers, "Hello, World!")).isEqualTo(Outcome.PING);
        assertThat(bed.outcome(Forge.GITHUB, headers, "Hello, World?")).isEqualTo(Outcome.UNAUTHENTIC);
    }

    @Test
    void acceptsTheSignatureThatStandardWebhooksPublishesAsAnExample() throws Exception {
        Secrets secrets = Secrets.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Headers headers = Bed.headers(Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        BodyCheck check = StandardSignature.check(secrets, headers, Instant.ofEpochSecond(1_614_265_330));
        check.take(Bed.bytes("{\"test\": 2432232314}"));

        assertThat(check.end()).isPresent();
    }

    @Test
    void refusesGitHubDeliveriesThatAreNotSignedAsTheyShouldBe() throws Exception {
        byte[] body = Bed.bytes(NOT_JSON);
        String right = Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECRET), body);
        List<Map<String, String>> forged = List.of(
                Map.of(),
                Map.of("X-Hub-Signature-256", ""),
                Map.of("X-Hub-Signature-256", "sha256="),
                Map.of("X-Hub-Signature-256", right),
                Map.of("X-Hub-Signature-256", "sha256=" + right.substring(0, 62)),
                Map.of("X-Hub-Signature-256", "sha256=" + right + "00"),
                Map.of("X-Hub-Signature-256", "sha256=" + right.substring(0, 32) + "0".repeat(32)),
                Map.of("X-Hub-Signature-256", "sha256=" + "0".repeat(32) + right.substring(32)),
                Map.of("X-Hub-Signature-256", "sha1=" + right),
                Map.of("X-Hub-Signature-256", "sha512=" + right),
                Map.of("X-Hub-Signature-256", "sha256=" + "0".repeat(64)),
                Map.of("X-Hub-Signature-256", "sha256=" + "g".repeat(64)),
                Map.of(
                        "X-Hub-Signature-256",
                        "sha256=" + Signatures.hex("HmacSHA256", Bed.bytes("another secret of theirs"), body)),
                Map.of("X-Hub-Signature-256", "sha256=" + Signatures.hex("HmacSHA256", body, Bed.bytes(Bed.SECRET))),
                Map.of("X-Hub-Signature", "sha1=" + Signatures.hex("HmacSHA1", Bed.bytes(Bed.SECRET), body)),
                Map.of("X-Gitlab-Token", Bed.SECRET));

        for (Map<String, String> each : forged) {
            Map<String, String> headers = new HashMap<>(each);
            headers.put("X-GitHub-Event", "push");
            assertThat(bed.outcome(Forge.GITHUB, headers, NOT_JSON))
                    .as(each.keySet().toString())
                    .isEqualTo(Outcome.UNAUTHENTIC);
        }
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void refusesSha1EvenWhereItIsRight() throws Exception {
        Answer answer = bed.deliver(
                Forge.GITHUB,
                Map.of("X-Hub-Signature", "sha1=" + Signatures.hex("HmacSHA1", Bed.bytes(Bed.SECRET), new byte[0])),
                new byte[0]);

        assertThat(answer.outcome()).isEqualTo(Outcome.UNAUTHENTIC);
        assertThat(answer.message()).contains("SHA-1");
    }

    @Test
    void refusesAHeaderThatIsThereTwice() throws Exception {
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(
                Map.entry("Content-Type", "application/json"),
                Map.entry("X-GitHub-Event", "ping"),
                Map.entry(
                        "X-Hub-Signature-256",
                        "sha256=" + Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECRET), new byte[0]))));
        assertThat(outcome(Headers.of(headers))).isEqualTo(Outcome.PING);
        headers.add(Map.entry("x-hub-signature-256", "sha256=" + "1".repeat(64)));

        assertThat(outcome(Headers.of(headers))).isEqualTo(Outcome.UNAUTHENTIC);
    }

    @Test
    void acceptsBothSecretsWhileTheyAreExchanged() throws Exception {
        bed.secret(Forge.GITHUB, Bed.SECOND + "\n" + Bed.SECRET + "\n");

        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
        Map<String, String> second = Map.of(
                "X-GitHub-Event",
                "ping",
                "X-Hub-Signature-256",
                "sha256=" + Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECOND), Bed.bytes("{}")));
        assertThat(bed.outcome(Forge.GITHUB, second, "{}")).isEqualTo(Outcome.PING);
    }

    @Test
    void acceptsASignatureOfGitea() throws Exception {
        String right = Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECRET), Bed.bytes(Bed.GITHUB_PUSH));

        assertThat(bed.outcome(Forge.GITEA, Bed.giteaHeaders(right), Bed.GITHUB_PUSH))
                .isEqualTo(Outcome.LOOKED);
        assertThat(bed.outcome(
                        Forge.GITEA, Map.of("X-Forgejo-Event", "push", "X-Forgejo-Signature", right), Bed.GITHUB_PUSH))
                .as("the same again, as Forgejo names it")
                .isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void refusesTheEmptySignatureThatGiteaSendsWithoutASecret() {
        assertThat(bed.outcome(Forge.GITEA, Bed.giteaHeaders(""), NOT_JSON)).isEqualTo(Outcome.UNAUTHENTIC);
    }

    @Test
    void takesGiteaForGiteaAlthoughItSendsTheHeadersOfGitHub() throws Exception {
        String right = Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECRET), Bed.bytes(Bed.GITHUB_PUSH));
        Answer answer = bed.deliver(Forge.GITHUB, Bed.giteaHeaders(right), Bed.bytes(Bed.GITHUB_PUSH));

        assertThat(answer.outcome()).isEqualTo(Outcome.UNAUTHENTIC);
        assertThat(answer.hint()).contains("let the webhook call /webhooks/gitea");
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void acceptsThePlainTokenOfGitLab() {
        assertThat(bed.outcome(Forge.GITLAB, gitLab(Bed.SECRET), Bed.GITLAB_PUSH))
                .isEqualTo(Outcome.LOOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "It's a Secret", "It's a Secret to Everybody ", "it's a secret to everybody"})
    void refusesAnotherTokenOfGitLab(String token) {
        assertThat(bed.outcome(Forge.GITLAB, gitLab(token), NOT_JSON)).isEqualTo(Outcome.UNAUTHENTIC);
    }

    @Test
    void refusesThePlainTokenOfGitLabWhereASigningTokenIsConfigured() throws Exception {
        bed.secret(Forge.GITLAB, Bed.SECRET + "\n" + Bed.SIGNING);
        Map<String, String> signed = new HashMap<>(Bed.standardHeaders("1", Bed.NOW.getEpochSecond(), Bed.GITLAB_PUSH));
        signed.put("X-Gitlab-Event", "Push Hook");

        assertThat(bed.outcome(Forge.GITLAB, gitLab(Bed.SECRET), Bed.GITLAB_PUSH))
                .isEqualTo(Outcome.UNAUTHENTIC);
        assertThat(bed.outcome(Forge.GITLAB, gitLab(Bed.SIGNING), Bed.GITLAB_PUSH))
                .isEqualTo(Outcome.UNAUTHENTIC);
        assertThat(bed.outcome(Forge.GITLAB, signed, Bed.GITLAB_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void refusesStandardSignaturesThatCoverSomethingElse() throws Exception {
        long now = Bed.NOW.getEpochSecond();
        Map<String, String> right = Bed.standardHeaders("1", now, Bed.GENERIC_PUSH);
        String signature = Signatures.standard(Bed.SIGNING_KEY, "1", now, Bed.bytes(Bed.GENERIC_PUSH));
        for (Map.Entry<String, String> other : List.of(
                Map.entry("webhook-id", "2"),
                Map.entry("webhook-timestamp", Long.toString(now + 1)),
                Map.entry("webhook-timestamp", "now"),
                Map.entry("webhook-signature", ""),
                Map.entry("webhook-signature", "v1,"),
                Map.entry("webhook-signature", "v1," + "!".repeat(44)),
                Map.entry("webhook-signature", signature.replace("v1,", "v1a,")),
                Map.entry("webhook-signature", signature.substring(0, 40)))) {
            Map<String, String> headers = new HashMap<>(right);
            headers.put(other.getKey(), other.getValue());
            assertThat(bed.outcome(Forge.GENERIC, headers, Bed.GENERIC_PUSH))
                    .as(other.toString())
                    .isEqualTo(Outcome.UNAUTHENTIC);
        }
        Map<String, String> several = new HashMap<>(right);
        several.put("webhook-signature", "v1," + "A".repeat(43) + "= " + signature);
        assertThat(bed.outcome(Forge.GENERIC, several, Bed.GENERIC_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void saysWhatToConfigureWhereThereIsNoSecret() throws Exception {
        bed.without(Forge.GITHUB);
        Answer answer =
                bed.deliver(Forge.GITHUB, Bed.gitHubHeaders("push", "1", Bed.GITHUB_PUSH), Bed.bytes(Bed.GITHUB_PUSH));

        assertThat(answer.outcome()).isEqualTo(Outcome.UNCONFIGURED);
        assertThat(answer.hint().orElse("")).contains("webhooks.githubSecretFile");
    }

    @Test
    void takesNothingWhileTheSecretCannotBeRead() throws Exception {
        bed.source(Forge.GITHUB, () -> {
            throw new IOException("the file of webhooks.githubSecretFile (secret) cannot be read");
        });

        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void refusesBodiesThatAreNotAnnouncedAsJson() throws Exception {
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain", "application/jsonp", "")) {
            Map<String, String> headers = new HashMap<>(Bed.gitHubHeaders("push", "1", Bed.GITHUB_PUSH));
            headers.put("Content-Type", type);
            assertThat(bed.outcome(Forge.GITHUB, headers, Bed.GITHUB_PUSH)).isEqualTo(Outcome.UNSUPPORTED);
        }
    }

    private Outcome outcome(Headers headers) {
        try (Delivery delivery = bed.receiver().begin(Forge.GITHUB, headers)) {
            return delivery.end().outcome();
        } catch (RefusedDelivery refused) {
            return refused.answer().outcome();
        }
    }

    private static Map<String, String> gitLab(String token) {
        return Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", token, "Idempotency-Key", "k" + token.length());
    }
}
