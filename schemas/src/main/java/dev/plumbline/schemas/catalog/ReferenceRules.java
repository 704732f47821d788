package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.validation.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules between specs. Each problem names the spec that it holds back. */
final class ReferenceRules {
    private final Surroundings around;
    private final FileRules files;
    private final Rivals rivals;

    ReferenceRules(Surroundings around) {
        this.around = around;
        this.files = new FileRules(around);
        this.rivals = new Rivals(around);
    }

    List<Problem> check(Declaration declaration) {
        Findings findings = Findings.in(declaration);
        references(Reference.of(declaration.resource().spec()), findings);
        switch (declaration.resource().spec()) {
            case ModelSpec model -> files.model(model, findings);
            case DatasetSpec dataset -> files.dataset(dataset, findings);
            case TrainingSpec training -> training(declaration.resource(), training, findings);
            case ServingSpec serving -> serving(serving, findings);
            case MonitoringSpec ignored -> rivals.check(declaration.resource(), "/spec/serving", findings);
        }
        return findings.problems();
    }

    /** Holds what can be told of a document that does not fit its schema against the rules. */
    List<Problem> check(Misfit misfit) {
        Findings findings = Findings.in(misfit);
        references(misfit.references(), findings);
        misfit.algorithm()
                .ifPresent(algorithm -> misfit.references().stream()
                        .filter(reference -> reference.target().kind() == Kind.MODEL)
                        .flatMap(reference -> around.model(reference.target().name()).stream())
                        .forEach(model -> TaskRules.algorithm(algorithm, model.task(), findings)));
        return findings.problems();
    }

    private void references(List<Reference> references, Findings findings) {
        for (Reference reference : references) {
            ResourceId target = reference.target();
            if (around.find(target).isEmpty() && !around.isMeant(target)) {
                findings.error(reference.pointer(), "unknown-reference", "there is no " + target, meant(target));
            }
        }
    }

    private Optional<String> meant(ResourceId target) {
        List<String> names = around.names(target.kind());
        Set<String> unreadable = around.unreadable();
        return Suggestions.didYouMean(target.name(), names)
                .or(() -> unreadable.isEmpty()
                        ? Optional.empty()
                        : Optional.of("it may be in a file that cannot be read: " + String.join(", ", unreadable)))
                .or(() -> Optional.of(
                        names.isEmpty()
                                ? "add a spec of kind " + target.kind().label() + " with this name"
                                : "there are: " + names.stream().limit(10).collect(Collectors.joining(", "))));
    }

    private void training(Resource resource, TrainingSpec training, Findings findings) {
        rivals.check(resource, "/spec/model", findings);
        Optional<ModelSpec> model = around.model(training.model());
        Optional<DatasetSpec> dataset = around.dataset(training.dataset());
        model.ifPresent(spec -> TaskRules.training(training, spec.task(), findings));
        if (model.isPresent() && dataset.isPresent()) {
            TaskRules.dataset(training.dataset(), dataset.get(), model.get().task(), findings);
            sensitive(training, model.get(), dataset.get(), findings);
        }
    }

    private static void sensitive(TrainingSpec training, ModelSpec model, DatasetSpec dataset, Findings findings) {
        List<String> missing = new ArrayList<>(model.sensitive());
        missing.removeAll(dataset.schema().keySet());
        for (String column : missing) {
            findings.error(
                    "/spec/dataset",
                    "unknown-column",
                    "Dataset/" + training.dataset() + " has no column `" + column + "`, which Model/" + training.model()
                            + " names as sensitive",
                    Suggestions.didYouMean(column, dataset.schema().keySet())
                            .or(() -> Optional.of("add it to the schema of the dataset, or remove it from the model")));
        }
    }

    private void serving(ServingSpec serving, Findings findings) {
        serving.promotion()
                .metric()
                .ifPresent(metric -> around.model(serving.model())
                        .ifPresent(
                                model -> TaskRules.metric(metric, model.task(), "/spec/promotion/metric", findings)));
    }
}
