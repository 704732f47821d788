package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.List;

/** The rules that one spec can break for itself, without looking at any other. */
public final class SpecRules {
    private SpecRules() {}

    /** What is wrong with the spec beyond its schema. */
    public static List<Problem> check(Declaration declaration) {
        Findings findings = Findings.in(declaration);
        switch (declaration.resource().spec()) {
            case ModelSpec model ->
                model.card()
                        .flatMap(RepositoryPaths::ofPath)
                        .ifPresent(fault -> SourceRules.report(findings, "/spec/card", fault));
            case DatasetSpec dataset -> DatasetRules.check(dataset, findings);
            case TrainingSpec training -> require(training, findings);
            case ServingSpec ignored -> {}
            case MonitoringSpec ignored -> {}
        }
        return findings.problems();
    }

    private static void require(TrainingSpec spec, Findings findings) {
        spec.require().forEach((metric, bound) -> {
            if (bound.min().isPresent()
                    && bound.max().isPresent()
                    && bound.min().get() > bound.max().get()) {
                findings.error(
                        Pointers.child("/spec/require", metric.label()),
                        "min-above-max",
                        "`min` of `" + metric.label() + "` is above its `max`; no model can keep that",
                        "exchange the two");
            }
        });
    }
}
