package dev.plumbline.reconciler.card;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.card.CardPage;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The card of one version. What its author wrote stays as it is; version, digests and numbers come from the ledger alone. Equal
 * cards of equal versions are equal, byte for byte.
 *
 * @param card one without problems
 */
public record VersionCard(ModelCard card, VersionEntry version) {
    public VersionCard {
        if (!card.problems().isEmpty()) {
            throw new IllegalArgumentException(card.file() + " cannot be read whole");
        }
    }

    /** As Markdown with a YAML head. */
    public String markdown() {
        return HeadText.of(head()) + "\n" + text();
    }

    /** As Hugging Face takes it: Markdown with the head of its model hub. */
    public String huggingFace() {
        return HeadText.of(HubHead.of(card, version)) + "\n" + text();
    }

    /** As one HTML page that loads nothing and runs nothing. */
    public String html() {
        return CardPage.of("Model card: " + version.version(), facts() + text());
    }

    private String text() {
        return card.body().strip() + "\n\n" + EvidenceText.of(version);
    }

    private String facts() {
        MarkdownTable facts = new MarkdownTable("Card", version.version().toString());
        card.head().fields().properties().stream()
                .filter(field -> field.getValue().isString())
                .forEach(field -> facts.row(field.getKey(), field.getValue().stringValue()));
        return facts + "\n";
    }

    private ObjectNode head() {
        ObjectNode head = card.head().fields();
        head.remove("metrics");
        head.put("version", version.version().label());
        head.put("digest", version.digest().value());
        head.put("run", version.run().toString());
        head.set(
                "dataset",
                Json.object()
                        .put("name", version.dataset())
                        .put("digest", version.inputs().dataset().value())
                        .put("rows", version.rows()));
        ArrayNode metrics = head.putArray("metrics");
        version.evaluation()
                .metrics()
                .forEach((metric, measured) -> metrics.addObject()
                        .put("name", metric.label())
                        .put("value", measured.value())
                        .put("low", measured.low())
                        .put("high", measured.high())
                        .put("n", measured.n()));
        return head;
    }
}
