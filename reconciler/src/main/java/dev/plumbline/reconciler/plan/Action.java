package dev.plumbline.reconciler.plan;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.util.Optional;

/** One thing to do, on one resource, with the reason why it is to be done. */
public sealed interface Action {
    /** What it acts on. */
    ResourceId resource();

    /** Why it is there, as a sentence for people. */
    String reason();

    /** Its name in plans, such as {@code train}. */
    String name();

    /** Start an attempt at a run. */
    record Train(ResourceId resource, RunId run, int attempt, String reason) implements Action {
        @Override
        public String name() {
            return "train";
        }
    }

    /**
     * Make the lost artifact of a version again, by another attempt at the run that it came from.
     *
     * @param resource the Serving that needs it
     */
    record Restore(ResourceId resource, VersionName version, RunId run, int attempt, String reason) implements Action {
        @Override
        public String name() {
            return "train";
        }
    }

    /** End the attempt that the specs no longer ask for. */
    record Cancel(ResourceId resource, RunId run, String reason) implements Action {
        @Override
        public String name() {
            return "cancel";
        }
    }

    /** Ask the registration gate about a trained model, and number it. */
    record Register(ResourceId resource, RunId run, String reason) implements Action {
        @Override
        public String name() {
            return "register";
        }
    }

    /**
     * Write the commit that names a version.
     *
     * @param rollback whether the endpoint already served it as stable
     */
    record Promote(ResourceId resource, Optional<VersionName> from, VersionName to, boolean rollback, String reason)
            implements Action {
        @Override
        public String name() {
            return rollback ? "rollback" : "promote";
        }
    }

    /** Make the endpoint serve what its spec names; empty answers 404. */
    record Serve(ResourceId resource, Optional<VersionName> version, Optional<Digest> digest, String reason)
            implements Action {
        @Override
        public String name() {
            return "serve";
        }
    }

    /** Watch the traffic of an endpoint. */
    record Watch(ResourceId resource, String serving, Duration window, String reason) implements Action {
        @Override
        public String name() {
            return "watch";
        }
    }

    /** Take down what a spec that is gone had made. */
    record Remove(ResourceId resource, String reason) implements Action {
        @Override
        public String name() {
            return "remove";
        }
    }
}
