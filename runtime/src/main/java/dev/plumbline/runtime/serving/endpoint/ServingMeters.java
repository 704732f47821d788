package dev.plumbline.runtime.serving.endpoint;

import dev.plumbline.runtime.monitoring.EndpointWindow;
import dev.plumbline.runtime.monitoring.PredictionScale;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the meters of endpoints in step with what serves. Those of the two versions last served by an endpoint stay, so
 * that the last counts of a version that was replaced are still read; older ones go, so that they do not pile up.
 */
public final class ServingMeters {
    private static final int VERSIONS_KEPT = 2;

    private final MeterRegistry registry;
    private final Map<String, Deque<Kept>> versions = new HashMap<>();
    private final Map<String, List<Meter>> gauges = new HashMap<>();

    /** A version's meters with the version's label. */
    private record Kept(String version, VersionMeters meters) {}

    public ServingMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows whether the endpoints are as they were left. */
    public void table(LiveEndpoints live) {
        for (TableState state : List.of(TableState.FORMER, TableState.LOST)) {
            Gauge.builder("plumbline_serving_table_damaged", live, each -> each.table() == state ? 1 : 0)
                    .description("1 while the routing table on disk is damaged and another one, or none, is used")
                    .tag("used", state == TableState.FORMER ? "former" : "none")
                    .register(registry);
        }
    }

    /** The meters of a version that is about to serve. */
    public synchronized VersionMeters of(String serving, String version) {
        Deque<Kept> kept = versions.computeIfAbsent(serving, _ -> new ArrayDeque<>());
        Kept found = kept.stream()
                .filter(each -> each.version().equals(version))
                .findFirst()
                .orElseGet(() -> new Kept(version, new VersionMeters(registry, serving, version)));
        kept.remove(found);
        kept.addFirst(found);
        while (kept.size() > VERSIONS_KEPT) {
            kept.removeLast().meters().remove();
        }
        return found.meters();
    }

    /** Shows an endpoint's queue, and its window where one is kept, in place of what was shown for it before. */
    public synchronized void show(String serving, Gate gate, @Nullable EndpointWindow window, List<String> groups) {
        hide(serving);
        List<Meter> shown = new ArrayList<>();
        Tags tags = Tags.of("serving", serving);
        shown.add(Gauge.builder("plumbline_serving_queue_depth", gate, Gate::waiting)
                .description("Requests that wait for a worker")
                .tags(tags)
                .register(registry));
        if (window != null) {
            showWindow(tags, window, groups, shown);
        }
        gauges.put(serving, shown);
    }

    private void showWindow(Tags tags, EndpointWindow window, List<String> groups, List<Meter> shown) {
        String prefix = "plumbline_serving_window_";
        shown.add(
                Gauge.builder(prefix + "requests", window, each -> each.recent().requests())
                        .description("Requests of the watched window")
                        .tags(tags)
                        .register(registry));
        shown.add(Gauge.builder(prefix + "errors", window, each -> each.recent().errors())
                .description("Requests of the watched window that failed through no fault of the client (5xx)")
                .tags(tags)
                .register(registry));
        for (double share : new double[] {0.5, 0.99}) {
            shown.add(Gauge.builder(
                            prefix + "latency_seconds",
                            window,
                            each -> share == 0.5
                                    ? each.recent().latencyP50Seconds()
                                    : each.recent().latencyP99Seconds())
                    .description("Latency below which this share of the watched window's requests lies")
                    .tags(tags.and("quantile", Double.toString(share)))
                    .register(registry));
        }
        for (String group : groups.size() <= PredictionScale.MOST_CLASSES + 1 ? groups : List.<String>of()) {
            shown.add(Gauge.builder(
                            prefix + "predictions",
                            window,
                            each -> each.recent().predictions().getOrDefault(group, 0L))
                    .description("Predictions of the watched window, by class or by range of the value")
                    .tags(tags.and("prediction", group))
                    .register(registry));
        }
    }

    /** Forgets an endpoint. */
    public synchronized void forget(String serving) {
        hide(serving);
        Deque<Kept> kept = versions.remove(serving);
        if (kept != null) {
            kept.forEach(each -> each.meters().remove());
        }
    }

    private void hide(String serving) {
        List<Meter> shown = gauges.remove(serving);
        if (shown != null) {
            shown.forEach(registry::remove);
        }
    }
}
