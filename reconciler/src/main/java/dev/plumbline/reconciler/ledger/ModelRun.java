package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;

/** A run as one of the models that ask for it sees it. */
record ModelRun(String model, RunId run) {}
