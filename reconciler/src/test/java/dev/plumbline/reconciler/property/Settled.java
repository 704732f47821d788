package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What must hold once nothing is wrong any more: the data plane serves what Git says, and Git says what was asked for. */
final class Settled {
    private final World world;
    private final Map<VersionName, VersionEntry> versions;
    private final Function<String, Set<VersionName>> heldBack;

    Settled(World world, Map<VersionName, VersionEntry> versions, Function<String, Set<VersionName>> heldBack) {
        this.world = world;
        this.versions = versions;
        this.heldBack = heldBack;
    }

    void check() {
        Station station = world.station().orElseThrow();
        String head = world.origin().head().orElseThrow();
        assertThat(station.operations().state().sourceProblem()).isEmpty();
        assertThat(station.operations().state().revision().orElseThrow().id())
                .as("the revision that was read last")
                .isEqualTo(head);
        for (String model : Texts.MODELS) {
            Optional<String> serving = text(Texts.serving(model));
            if (serving.isEmpty()) {
                assertThat(world.endpoints().endpoint(Texts.endpoint(model)))
                        .as("the endpoint of %s, which Git does not ask for", model)
                        .isEmpty();
            } else if (Texts.sound(serving.get()) && sound(Texts.model(model))) {
                serves(model, serving.get());
            }
        }
    }

    private Optional<String> text(String path) {
        return world.origin().text("refs/heads/main", path);
    }

    private boolean sound(String path) {
        return text(path).filter(Texts::sound).isPresent();
    }

    private void serves(String model, String serving) {
        Optional<VersionName> named = Texts.named(model, serving);
        Condition ready = ready(model);
        String reason = ready.reason().label();
        boolean unknown = named.isPresent() && !versions.containsKey(named.get());
        boolean lost = named.map(versions::get)
                .filter(each -> world.artifacts().find(each.digest()).isEmpty())
                .isPresent();
        String live = world.endpoints().version(Texts.endpoint(model)).orElse("no endpoint");
        if (unknown) {
            assertThat(reason).as("%s", ready.message()).isEqualTo(anyOf(model) ? "VersionUnknown" : "LedgerMissing");
        } else if (lost) {
            assertThat(reason).as("%s", ready.message()).isEqualTo("ArtifactLost");
        } else {
            assertThat(live)
                    .as("what serves of %s (%s: %s)", model, reason, ready.message())
                    .isEqualTo(named.map(VersionName::label).orElse("none"));
            asked(model, named, ready);
        }
    }

    private boolean anyOf(String model) {
        return versions.keySet().stream().anyMatch(version -> version.model().equals(model));
    }

    /** What is named is what the Training asks for, unless a person wanted otherwise. */
    private void asked(String model, Optional<VersionName> named, Condition ready) {
        Optional<String> training = text(Texts.training(model));
        if (training.isEmpty() || !Texts.sound(training.get())) {
            return;
        }
        long seed = Texts.seed(training.get());
        Optional<VersionName> candidate = versions.values().stream()
                .filter(each ->
                        each.version().model().equals(model) && each.inputs().seed() == seed)
                .map(VersionEntry::version)
                .findFirst();
        String about = model + " names " + named + ", seed " + seed + " is " + candidate + " ("
                + ready.reason().label() + ": " + ready.message() + ")";
        assertThat(candidate).as("the version that is asked for: %s", about).isPresent();
        if (!candidate.equals(named)) {
            assertThat(heldBack.apply(model)).as("held back: %s", about).contains(candidate.get());
            assertThat(ready.reason()).as("%s", about).isEqualTo(Reason.HELD_BACK);
        }
    }

    private Condition ready(String model) {
        ResourceId id = new ResourceId(Kind.SERVING, Texts.endpoint(model));
        return world.station().orElseThrow().operations().state().resources().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(ResourceStatus::readiness)
                .orElseThrow(() -> new AssertionError("nothing is said of " + id));
    }
}
