package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import dev.plumbline.runtime.serving.http.AdminApi;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** What the admin port does. */
record ServeAdmin(LiveEndpoints live, EndpointChanges changes, CountDownLatch stopAsked) implements AdminApi.Actions {
    @Override
    public DeployOutcome deploy(EndpointConfiguration configuration) throws InterruptedException {
        return changes.deploy(configuration);
    }

    @Override
    public DeployOutcome remove(String serving) throws InterruptedException {
        return changes.remove(serving);
    }

    @Override
    public Map<String, EndpointObservation> observe() {
        Map<String, EndpointObservation> observations = new TreeMap<>();
        live.all().forEach((name, endpoint) -> observations.put(name, endpoint.observe()));
        return observations;
    }

    @Override
    public Optional<EndpointObservation> observe(String serving) {
        return Optional.ofNullable(live.find(serving)).map(Endpoint::observe);
    }

    @Override
    public void stop() {
        stopAsked.countDown();
    }
}
