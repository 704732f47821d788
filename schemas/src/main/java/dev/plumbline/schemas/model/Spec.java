package dev.plumbline.schemas.model;

/** What one kind of resource asks for, with every default of its schema filled in. */
public sealed interface Spec permits ModelSpec, DatasetSpec, TrainingSpec, ServingSpec, MonitoringSpec {
    /** The kind that this is the spec of. */
    Kind kind();
}
