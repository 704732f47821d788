package dev.plumbline.webhooks;

import dev.plumbline.webhooks.receive.Delivery;
import dev.plumbline.webhooks.receive.Intake;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that follows {@code main} of one repository, and a forge that delivers to it. */
public final class Bed {
    static final String SECRET = "It's a Secret to Everybody";
    static final String SECOND = "another secret, that is new";
    static final byte[] SIGNING_KEY = "a key of twenty-four byte".getBytes(StandardCharsets.UTF_8);
    static final String SIGNING = "whsec_YSBrZXkgb2YgdHdlbnR5LWZvdXIgYnl0ZQ==";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public static final String GITHUB_PUSH = """
            {"ref":"refs/heads/main","after":"1111111111111111111111111111111111111111",
             "repository":{"id":7,"full_name":"Team/Models","owner":{"name":"Team"},
              "clone_url":"https://git.example.com/Team/Models.git","ssh_url":"git@git.example.com:Team/Models.git",
              "html_url":"https://git.example.com/Team/Models"},
             "commits":[{"id":"1","message":"{\\"ref\\":\\"refs/heads/other\\"}"}]}""";

    static final String GITLAB_PUSH = """
            {"object_kind":"push","ref":"refs/heads/main","project":{"id":7,
              "git_http_url":"https://git.example.com/team/models.git",
              "git_ssh_url":"git@git.example.com:team/models.git","web_url":"https://git.example.com/team/models"}}""";

    static final String GENERIC_PUSH =
            "{\"repository\":\"https://git.example.com/team/models.git\",\"ref\":\"refs/heads/main\"}";

    final AtomicInteger looks = new AtomicInteger();
    final Time time = new Time();
    private final Map<Forge, SecretSource> secrets = new EnumMap<>(Forge.class);
    private final Intake intake;
    private Optional<RepositoryAddress> repository =
            RepositoryAddress.parse("ssh://git@git.example.com:2222/team/models");
    private Optional<WebhookReceiver> receiver = Optional.empty();

    public Bed() {
        this(new Intake(Intake.DELIVERIES, Intake.BYTES));
    }

    public Bed(Intake intake) {
        this.intake = intake;
        secret(Forge.GITHUB, SECRET);
        secret(Forge.GITEA, SECRET);
        secret(Forge.GITLAB, SECRET);
        secret(Forge.GENERIC, SIGNING);
    }

    Bed secret(Forge forge, String content) {
        Secrets parsed = Secrets.parse(content);
        secrets.put(forge, () -> parsed);
        return this;
    }

    Bed source(Forge forge, SecretSource source) {
        secrets.put(forge, source);
        return this;
    }

    Bed without(Forge forge) {
        secrets.remove(forge);
        return this;
    }

    Bed follows(String url) {
        repository = RepositoryAddress.parse(url);
        return this;
    }

    public WebhookReceiver receiver() {
        WebhookReceiver made = receiver.orElseGet(() -> new WebhookReceiver(
                secrets, new FollowedBranch(repository, "main"), time, looks::incrementAndGet, intake));
        receiver = Optional.of(made);
        return made;
    }

    /** What becomes of a delivery whose body arrives in small parts. */
    Answer deliver(Forge forge, Map<String, String> headers, byte[] body) {
        try (Delivery delivery = receiver().begin(forge, headers(headers))) {
            int step = Math.max(7, body.length / 1_000);
            for (int from = 0; from < body.length; from += step) {
                delivery.take(Arrays.copyOfRange(body, from, Math.min(body.length, from + step)));
            }
            return delivery.end();
        } catch (RefusedDelivery refused) {
            return refused.answer();
        }
    }

    public Outcome outcome(Forge forge, Map<String, String> headers, String body) {
        return deliver(forge, headers, bytes(body)).outcome();
    }

    public Outcome gitHub(String event, String id, String body) throws Exception {
        return outcome(Forge.GITHUB, gitHubHeaders(event, id, body), body);
    }

    static Map<String, String> gitHubHeaders(String event, String id, String body) throws Exception {
        return Map.of(
                "X-GitHub-Event", event,
                "X-GitHub-Delivery", id,
                "X-Hub-Signature-256", "sha256=" + Signatures.hex("HmacSHA256", bytes(SECRET), bytes(body)));
    }

    public static Map<String, String> giteaHeaders(String signature) {
        return Map.of(
                "X-Gitea-Event", "push",
                "X-Gitea-Delivery", "d1",
                "X-Gitea-Signature", signature,
                "X-GitHub-Event", "push",
                "X-GitHub-Delivery", "d1",
                "X-Hub-Signature-256", signature.isEmpty() ? "" : "sha256=" + signature);
    }

    static Map<String, String> standardHeaders(String id, long timestamp, String body) throws Exception {
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", Signatures.standard(SIGNING_KEY, id, timestamp, bytes(body)));
    }

    public static Headers headers(Map<String, String> headers) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers.entrySet());
        if (!headers.containsKey("Content-Type")) {
            all.add(Map.entry("Content-Type", "application/json; charset=utf-8"));
        }
        return Headers.of(all);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A clock that a test moves. */
    static final class Time extends Clock {
        private Instant now = NOW;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
