package dev.plumbline.reconciler.api;

import dev.plumbline.webhooks.Answer;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /webhooks/{forge}}: deliveries of forges. They prove themselves by their signature, so neither the host that they
 * ask for nor a token is looked at.
 */
final class WebhookRoute {
    static final String PATH = "/webhooks/{forge}";

    /** GitHub waits no longer for an answer. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoute.class);

    private final WebhookReceiver receiver;
    private final ExecutorService threads;
    private final MeterRegistry metrics;
    private final Duration deadline;

    WebhookRoute(WebhookReceiver receiver, ExecutorService threads, MeterRegistry metrics, Duration deadline) {
        this.receiver = receiver;
        this.threads = threads;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    void handle(RoutingContext context) {
        Optional<Forge> forge = Optional.ofNullable(context.pathParam("forge")).flatMap(Forge::named);
        if (forge.isEmpty()) {
            context.next();
            return;
        }
        String sender = String.valueOf(context.request().remoteAddress());
        new WebhookCall(
                        context,
                        threads,
                        deadline,
                        headers -> receiver.begin(forge.get(), headers),
                        answer -> told(forge.get(), sender, answer))
                .begin();
    }

    private void told(Forge forge, String sender, Answer answer) {
        Counter.builder("plumbline.webhooks")
                .description("Deliveries of forges, and what became of them")
                .tag("forge", forge.label())
                .tag("outcome", answer.outcome().label())
                .register(metrics)
                .increment();
        if (!answer.outcome().accepted()) {
            LOG.warn(
                    "A webhook delivery was refused forge={} outcome={} reason=\"{}\" sender={}",
                    forge.label(),
                    answer.outcome().label(),
                    answer.message(),
                    sender);
        }
    }
}
