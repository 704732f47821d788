package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Registered versions and where they come from, as {@code plumb versions} and {@code plumb lineage} show them. */
public final class VersionReport {
    private VersionReport() {}

    /** The versions of one model, or of all, newest first within a model. */
    public static ObjectNode of(LedgerView ledger, Optional<String> model) {
        ObjectNode json = Json.object();
        ArrayNode versions = json.putArray("versions");
        models(ledger, model).stream()
                .flatMap(name -> ledger.versions(name).stream())
                .forEach(version -> versions.add(summary(ledger, version)));
        return json;
    }

    /** Everything that led to a version, and where it served. */
    public static ObjectNode lineage(LedgerView ledger, VersionEntry version) {
        ObjectNode json = identity(version);
        json.putObject("dataset")
                .put("name", version.dataset())
                .put("digest", version.inputs().dataset().value())
                .put("rows", version.rows());
        ObjectNode code = json.putObject("code");
        code.put("revision", version.revision().id());
        code.set("specs", Json.tree(version.specs()));
        json.set("environment", Json.tree(version.environment()));
        json.put("seed", version.inputs().seed());
        json.put("algorithm", version.inputs().algorithm().label());
        json.set("parameters", Json.tree(version.inputs().parameters()));
        json.set("metrics", Json.tree(version.evaluation().metrics()));
        version.evaluation().fairness().ifPresent(fairness -> json.set("fairness", Json.tree(fairness)));
        json.set("verdicts", verdicts(ledger, version));
        json.set("servedBy", servedBy(ledger, version.version()));
        return json;
    }

    private static ObjectNode identity(VersionEntry version) {
        return Json.object()
                .put("model", version.version().model())
                .put("version", version.version().label())
                .put("digest", version.digest().value())
                .put("run", version.run().toString())
                .put("createdAt", version.createdAt().toString());
    }

    private static ObjectNode summary(LedgerView ledger, VersionEntry version) {
        ObjectNode json = identity(version);
        json.set("metrics", Json.tree(version.evaluation().metrics()));
        json.put("verdict", version.verdict().value());
        ArrayNode serving = json.putArray("serving");
        ledger.endpoints().stream()
                .filter(endpoint -> endpoint.stable()
                        .filter(stable -> stable.version().equals(version.version()))
                        .isPresent())
                .map(EndpointEntry::serving)
                .sorted()
                .forEach(serving::add);
        return json;
    }

    private static List<String> models(LedgerView ledger, Optional<String> model) {
        if (model.isPresent()) {
            return List.of(model.get());
        }
        // A model whose runs are no longer held whole may still serve.
        return List.copyOf(new TreeSet<>(Stream.concat(
                        ledger.runs().stream().map(RunEntry::model),
                        ledger.endpoints().stream().map(EndpointEntry::model))
                .toList()));
    }

    private static JsonNode servedBy(LedgerView ledger, VersionName version) {
        ArrayNode served = Json.array();
        for (EndpointEntry endpoint : ledger.endpoints()) {
            for (EndpointEntry.Service service : endpoint.history()) {
                if (service.version().equals(version)) {
                    served.addObject()
                            .put("serving", endpoint.serving())
                            .put("from", service.from().toString())
                            .put("to", service.to().map(Object::toString).orElse(null))
                            .put("commit", service.commit().id());
                }
            }
        }
        return served;
    }

    private static JsonNode verdicts(LedgerView ledger, VersionEntry version) {
        Set<Digest> ids = new LinkedHashSet<>();
        ids.add(version.verdict());
        ledger.endpoints().stream()
                .flatMap(endpoint -> endpoint.history().stream())
                .filter(service -> service.version().equals(version.version()))
                .forEach(service -> ids.add(service.verdict()));
        ArrayNode verdicts = Json.array();
        ids.forEach(id -> verdicts.add(verdict(ledger, id)));
        return verdicts;
    }

    private static ObjectNode verdict(LedgerView ledger, Digest id) {
        ObjectNode json = Json.object().put("id", id.value());
        ledger.verdict(id).ifPresent(entry -> {
            for (String key : List.of("gate", "allowed", "reason")) {
                JsonNode value = entry.verdict().get(key);
                if (value != null) {
                    json.set(key, value);
                }
            }
            json.put("recordedAt", entry.recordedAt().toString());
            json.set("warnings", Json.tree(VerdictReport.warnings(ledger, id)));
        });
        return json;
    }
}
