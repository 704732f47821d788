package dev.plumbline.schemas.model;

import java.time.Duration;

/** What is watched of an endpoint: requests, errors, latency and predictions of the last window. */
public record MonitoringSpec(String serving, Duration window) implements Spec {
    @Override
    public Kind kind() {
        return Kind.MONITORING;
    }
}
