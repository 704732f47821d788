package dev.plumbline.reconciler.control;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data plane that can be broken. Thread-safe. */
public final class FakeEndpoints implements Endpoints {
    private final Map<String, EndpointConfiguration> live = new HashMap<>();
    private final List<EndpointConfiguration> deployed = new ArrayList<>();
    private boolean silent;
    private Optional<DeployOutcome.Failed> failure = Optional.empty();
    private Runnable meanwhile = () -> {};

    /** Does not answer, or does again. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    /** Fails every change from now on. */
    public synchronized void fail(String reason, boolean permanent) {
        failure = Optional.of(new DeployOutcome.Failed(reason, "the data plane says " + reason, permanent));
    }

    /** Does this once, in the middle of the next change that fails. */
    public synchronized void duringFailure(Runnable deed) {
        meanwhile = deed;
    }

    /** Fails no more. */
    public synchronized void heal() {
        failure = Optional.empty();
    }

    /** Loses an endpoint, as by a crash. */
    public synchronized void lose(String serving) {
        live.remove(serving);
    }

    public synchronized Optional<EndpointConfiguration> endpoint(String serving) {
        return Optional.ofNullable(live.get(serving));
    }

    public synchronized Optional<String> version(String serving) {
        return endpoint(serving)
                .map(each ->
                        each.stable().map(served -> served.version().label()).orElse("none"));
    }

    public synchronized List<EndpointConfiguration> deployed() {
        return List.copyOf(deployed);
    }

    @Override
    public synchronized DeployOutcome deploy(EndpointConfiguration configuration) {
        if (silent) {
            return new DeployOutcome.Failed("Unreachable", "the data plane does not answer", false);
        }
        if (failure.isPresent()) {
            DeployOutcome.Failed failed = failure.get();
            Runnable deed = meanwhile;
            meanwhile = () -> {};
            deed.run();
            return failed;
        }
        deployed.add(configuration);
        live.put(configuration.serving(), configuration);
        return new DeployOutcome.Done();
    }

    @Override
    public synchronized DeployOutcome remove(String serving) {
        if (failure.isPresent()) {
            return failure.get();
        }
        live.remove(serving);
        return new DeployOutcome.Done();
    }

    @Override
    public synchronized Map<String, EndpointObservation> observe() throws Unreachable {
        if (silent) {
            throw new Unreachable("the data plane does not answer");
        }
        Map<String, EndpointObservation> all = new HashMap<>();
        live.forEach((name, configuration) -> all.put(
                name,
                new EndpointObservation(configuration, configuration.window().map(FakeEndpoints::window))));
        return all;
    }

    private static EndpointObservation.Window window(Duration length) {
        return new EndpointObservation.Window(length, 3, 3, 0, 0.001, 0.002, Map.of("Yes", 3L));
    }
}
