package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.runtime.RunId;

/** A run as one of the models that ask for it sees it. */
public record ModelRun(String model, RunId run) {}
