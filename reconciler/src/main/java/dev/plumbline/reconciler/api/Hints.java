package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Counted;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.webhooks.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/hint}: asks for an early look and says what was admitted, for the hook that runs after a push. */
final class Hints {
    private static final int MOST_PROBLEMS = 20;

    private final Operations operations;

    Hints(Operations operations) {
        this.operations = operations;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/v1/hint", this::hint));
    }

    private Reply hint(Call call) throws ApiError, InterruptedException {
        Hint asked = asked(call);
        Optional<Operations.Admitted> admitted = operations.look(asked.revision(), asked.patience());
        if (call.header("accept").contains("text/plain")) {
            return Reply.text("text/plain; charset=utf-8", String.join("\n", lines(admitted)) + "\n");
        }
        return Reply.json(admitted.isEmpty() ? 202 : 200, json(admitted));
    }

    private static Hint asked(Call call) throws ApiError {
        try {
            return Hint.parse(call.parameter("revision"), call.parameter("wait"));
        } catch (IllegalArgumentException wrong) {
            throw new ApiError(400, "bad-request", String.valueOf(wrong.getMessage()));
        }
    }

    private List<String> lines(Optional<Operations.Admitted> answer) {
        if (answer.isEmpty()) {
            return List.of("plumbline: not admitted yet; 'plumb status' will tell");
        }
        AdmissionEntry admission = answer.get().admission();
        List<Problem> problems = answer.get().problems();
        List<String> lines = new ArrayList<>();
        int held = admission.heldBack().size();
        lines.add("plumbline: %s: %s changed, %s held back, %s"
                .formatted(
                        admission.revision().shortened(),
                        Counted.of(admission.changed().size(), "spec"),
                        held == 0 ? "none" : Integer.toString(held),
                        Counted.of(problems.size(), "problem")));
        if (!admission.data().isEmpty()) {
            lines.add("plumbline: the data of "
                    + admission.data().stream().map(ResourceId::toString).collect(Collectors.joining(", "))
                    + " changed");
        }
        for (Problem problem : problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS))) {
            lines.add("plumbline: %s:%d:%d: %s: %s"
                    .formatted(
                            problem.file(),
                            problem.line(),
                            problem.column(),
                            problem.severity().label(),
                            problem.message()));
            problem.hint().ifPresent(hint -> lines.add("plumbline:   " + hint));
        }
        if (problems.size() > MOST_PROBLEMS) {
            lines.add("plumbline: and " + (problems.size() - MOST_PROBLEMS) + " more; 'plumb validate' shows all");
        }
        admission
                .heldBack()
                .forEach((resource, form) -> lines.add("plumbline: " + resource + " stays as it was at "
                        + form.revision().shortened()));
        return lines.stream().map(Hints::oneLine).toList();
    }

    /** What a spec says must not write on the screen of whoever pushes. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static ObjectNode json(Optional<Operations.Admitted> answer) {
        ObjectNode json = Json.object();
        json.put("admitted", answer.isPresent());
        answer.ifPresent(admitted -> {
            AdmissionEntry admission = admitted.admission();
            json.put("revision", admission.revision().id());
            ArrayNode changed = json.putArray("changed");
            admission.changed().stream().map(ResourceId::toString).forEach(changed::add);
            ArrayNode data = json.putArray("data");
            admission.data().stream().map(ResourceId::toString).forEach(data::add);
            ArrayNode held = json.putArray("heldBack");
            admission
                    .heldBack()
                    .forEach((resource, form) -> held.addObject()
                            .put("resource", resource.toString())
                            .put("revision", form.revision().id())
                            .put("file", form.file()));
            json.set("problems", Json.tree(admitted.problems()));
        });
        return json;
    }
}
