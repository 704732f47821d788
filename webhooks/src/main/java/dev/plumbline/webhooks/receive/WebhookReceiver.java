package dev.plumbline.webhooks.receive;

import dev.plumbline.webhooks.Answer;
import dev.plumbline.webhooks.FollowedBranch;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.ForgeEvent;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.Outcome;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.SecretSource;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.forge.ForgeHook;
import dev.plumbline.webhooks.forge.GenericHook;
import dev.plumbline.webhooks.forge.GitHubHook;
import dev.plumbline.webhooks.forge.GitLabHook;
import dev.plumbline.webhooks.forge.GiteaHook;
import dev.plumbline.webhooks.proof.BodyCheck;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what forges deliver, and asks for an early look at Git when an authentic delivery speaks of the followed branch.
 *
 * <p>Nothing else comes of a delivery, and nothing of its content goes further: the look has no argument. One that is lost,
 * doubled, reordered or forged changes at most when Git is read. Thread-safe.
 */
public final class WebhookReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);
    private static final int LONGEST_ID = 128;

    private final Map<Forge, SecretSource> secrets;
    private final FollowedBranch followed;
    private final Clock clock;
    private final Runnable look;
    private final Deliveries deliveries;
    private final Intake intake;

    /**
     * Takes deliveries of the forges that have a secret.
     *
     * @param look asks for an early look; must not block
     */
    public WebhookReceiver(Map<Forge, SecretSource> secrets, FollowedBranch followed, Clock clock, Runnable look) {
        this(secrets, followed, clock, look, new Intake(Intake.DELIVERIES, Intake.BYTES));
    }

    public WebhookReceiver(
            Map<Forge, SecretSource> secrets, FollowedBranch followed, Clock clock, Runnable look, Intake intake) {
        this.secrets = secrets.isEmpty() ? Map.of() : new EnumMap<>(secrets);
        this.followed = followed;
        this.clock = clock;
        this.look = look;
        this.deliveries = new Deliveries(clock);
        this.intake = intake;
    }

    /**
     * A delivery begins. Blocking: it may read a secret.
     *
     * @throws RefusedDelivery when its headers are enough to refuse it
     */
    public Delivery begin(Forge forge, Headers headers) throws RefusedDelivery {
        SecretSource source = Optional.ofNullable(secrets.get(forge)).orElseThrow(() -> unconfigured(forge));
        requireSender(forge, headers);
        requireJson(headers);
        if (!intake.enter()) {
            throw Delivery.busy();
        }
        boolean begun = false;
        try {
            ForgeHook hook = hook(forge);
            BodyCheck check = hook.authenticate(secrets(forge, source), headers, clock.instant());
            requireSize(hook, headers);
            begun = true;
            return new Delivery(check, intake, hook.largestBody(), whole -> answer(hook, headers, whole));
        } finally {
            if (!begun) {
                intake.leave();
            }
        }
    }

    private static ForgeHook hook(Forge forge) {
        return switch (forge) {
            case GITHUB -> new GitHubHook();
            case GITLAB -> new GitLabHook();
            case GITEA -> new GiteaHook();
            case GENERIC -> new GenericHook();
        };
    }

    private static Secrets secrets(Forge forge, SecretSource source) throws RefusedDelivery {
        try {
            return source.current();
        } catch (IOException unusable) {
            LOG.error("Webhooks of a forge are refused until its secret can be read forge={}", forge.label(), unusable);
            throw new RefusedDelivery(
                    Answer.of(Outcome.UNAVAILABLE, "the secret of this webhook cannot be read here; the log says why"));
        }
    }

    private static RefusedDelivery unconfigured(Forge forge) {
        return new RefusedDelivery(Answer.of(
                Outcome.UNCONFIGURED,
                "no webhooks of " + forge.label() + " are configured",
                "set " + forge.secretKey() + " in the configuration to a file with the webhook's secret"));
    }

    private static void requireSender(Forge forge, Headers headers) throws RefusedDelivery {
        Optional<Forge> claimed = Forge.claimedBy(headers);
        if (claimed.isPresent() && claimed.get() != forge) {
            String sender = claimed.get().label();
            throw RefusedDelivery.unauthentic(
                    "this is a delivery of " + sender + ", not of " + forge.label(),
                    "let the webhook call /webhooks/" + sender);
        }
    }

    private static void requireJson(Headers headers) throws RefusedDelivery {
        String type = headers.one("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.matches("application/json(\\s*;.*)?")) {
            throw new RefusedDelivery(Answer.of(
                    Outcome.UNSUPPORTED,
                    "the body is not announced as JSON",
                    "choose application/json as the webhook's content type"));
        }
    }

    private static void requireSize(ForgeHook hook, Headers headers) throws RefusedDelivery {
        String length = headers.one("Content-Length").orElse("0");
        if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > hook.largestBody()) {
            throw Delivery.tooLarge(hook.largestBody());
        }
    }

    private Answer answer(ForgeHook hook, Headers headers, Delivery whole) {
        try {
            BodyCheck.Proof proof = whole.check()
                    .end()
                    .orElseThrow(() -> RefusedDelivery.unauthentic(
                            "the signature does not fit the body",
                            "compare the secret at the forge with the file of "
                                    + hook.forge().secretKey()));
            return switch (hook.read(headers, whole.body())) {
                case ForgeEvent.Ping ping -> Answer.of(Outcome.PING, "plumbline listens");
                case ForgeEvent.Other other -> Answer.of(Outcome.IGNORED, "only pushes are looked at");
                case ForgeEvent.Push push -> pushed(push, marks(hook, headers, proof));
            };
        } catch (RefusedDelivery refused) {
            return refused.answer();
        }
    }

    /**
     * What a delivery is known by: the forge's id for it, and the signature that held. GitHub and Gitea sign the body alone,
     * so somebody who repeats a delivery may write any id beside it, but not another signature.
     */
    private static List<String> marks(ForgeHook hook, Headers headers, BodyCheck.Proof proof) throws RefusedDelivery {
        List<String> marks = new ArrayList<>();
        hook.delivery(headers)
                .filter(id -> !id.isBlank() && id.length() <= LONGEST_ID)
                .ifPresent(id -> marks.add(hook.forge().label() + " id " + id));
        proof.signature().ifPresent(text -> marks.add(hook.forge().label() + " signature " + text));
        return marks;
    }

    private Answer pushed(ForgeEvent.Push push, List<String> marks) {
        if (!followed.isOf(push.repository())) {
            return Answer.of(
                    Outcome.FOREIGN,
                    "the push is to another repository than the one that is followed",
                    "if it is the same one under another address, set webhooks.repository to the clone URL that the forge"
                            + " gives it");
        }
        if (!followed.is(push.ref())) {
            return Answer.of(Outcome.IGNORED, "the push is to another branch than the one that is followed");
        }
        if (!deliveries.first(marks)) {
            return Answer.of(Outcome.DUPLICATE, "this delivery was here before");
        }
        look.run();
        return Answer.of(Outcome.LOOKED, "the branch is looked at");
    }
}
