package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.EvidenceEntry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.state.IndexLine;
import dev.plumbline.reconciler.ledger.state.Stamped;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the ledger's tree keeps what, and how it is written: canonical JSON, in folders that a digest of the name spreads
 * so that none grows large.
 */
final class LedgerFiles {
    static final String HOLDER = "holder.json";
    static final int FORMAT = 1;

    /** The folder of what no state holds. */
    static final String EVIDENCE = "evidence/";

    /** Lines in one file of the index. */
    static final int CHUNK = 200;

    private static final Pattern OURS = Pattern.compile(
            "holder\\.json|(runs|versions|endpoints|verdicts|datasets|admissions|events|suspensions|index|evidence)/.+\\.json");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,127}");

    private LedgerFiles() {}

    /** Whether this version keeps something there; what others, or later versions, put elsewhere is carried along unread. */
    static boolean isOurs(String path) {
        return OURS.matcher(path).matches();
    }

    static String run(RunId run) {
        return "runs/" + sharded(run.digest().hex());
    }

    static String version(VersionName version) {
        return "versions/" + shard(version.model()) + "/" + version.model() + "/" + version.label() + ".json";
    }

    static String endpoint(String serving) {
        return "endpoints/" + shard(serving) + "/" + serving + ".json";
    }

    static String verdict(Digest id) {
        return "verdicts/" + sharded(id.hex());
    }

    static String evidence(Digest digest) {
        return EVIDENCE + sharded(digest.hex());
    }

    static String dataset(Digest key) {
        return "datasets/" + sharded(key.hex());
    }

    static String admission(Revision revision) {
        return "admissions/" + sharded(revision.id());
    }

    static String events(ResourceId resource) {
        return "events/" + resource.kind().label() + "/" + shard(resource.name()) + "/" + resource.name() + ".json";
    }

    static String suspension(Optional<ResourceId> resource) {
        return resource.map(
                        id -> "suspensions/" + id.kind().label() + "/" + shard(id.name()) + "/" + id.name() + ".json")
                .orElse("suspensions/all.json");
    }

    static String index(String model, int chunk) {
        return "index/" + shard(model) + "/" + model + "/" + String.format(Locale.ROOT, "%05d", chunk) + ".json";
    }

    static int chunk(int number) {
        return (number - 1) / CHUNK;
    }

    private static String sharded(String hex) {
        return hex.substring(0, 2) + "/" + hex + ".json";
    }

    private static String shard(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a file in the ledger");
        }
        return Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 2);
    }

    static byte[] evidence(EvidenceEntry entry) {
        ObjectNode file = Json.object().put("format", FORMAT);
        file.set("evidence", entry.evidence());
        return line(file);
    }

    static byte[] entry(Stamped<? extends Entry> stamped) {
        return line(stamp((ObjectNode) Json.tree(stamped.entry()), stamped.sequence())
                .put("format", FORMAT));
    }

    static byte[] events(ResourceId resource, List<Stamped<EventEntry>> events) {
        ObjectNode file = Json.object().put("format", FORMAT).put("resource", resource.toString());
        ArrayNode list = file.putArray("events");
        events.forEach(event -> list.add(stamp((ObjectNode) Json.tree(event.entry()), event.sequence())));
        return line(file);
    }

    static byte[] index(String model, Collection<IndexLine> lines) {
        ObjectNode file = Json.object().put("format", FORMAT).put("model", model);
        file.set("runs", Json.tree(lines));
        return line(file);
    }

    static byte[] holder(Holder holder) {
        return line(((ObjectNode) Json.tree(holder)).put("format", FORMAT));
    }

    private static ObjectNode stamp(ObjectNode entry, long sequence) {
        return entry.put("sequence", sequence);
    }

    private static byte[] line(ObjectNode file) {
        byte[] json = Json.canonical(file);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
