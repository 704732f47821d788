package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints.Unreachable;
import dev.plumbline.runtime.serving.ServeFolder.Address;
import dev.plumbline.runtime.serving.http.AdminApi;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Speaks to the admin port of one running data plane. Thread-safe. */
record DataPlane(HttpClient client, Address address, String token) {
    private static final Duration SHORT = Duration.ofSeconds(5);

    /** A change waits for a probe, a load and a warm-up, and maybe for another change of the endpoint. */
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Whether the data plane at this address is the one that the state folder names. */
    boolean answers() throws InterruptedException {
        try {
            return send("GET", "/process", BodyPublishers.noBody(), SHORT)
                            .path("pid")
                            .asLong(-1)
                    == address.pid();
        } catch (Unreachable none) {
            return false;
        }
    }

    DeployOutcome deploy(EndpointConfiguration configuration) throws Unreachable, InterruptedException {
        return AdminApi.outcome(send(
                "PUT",
                "/endpoints/" + configuration.serving(),
                BodyPublishers.ofByteArray(Json.canonical(configuration)),
                LONG));
    }

    DeployOutcome remove(String serving) throws Unreachable, InterruptedException {
        return AdminApi.outcome(send("DELETE", "/endpoints/" + serving, BodyPublishers.noBody(), LONG));
    }

    Map<String, EndpointObservation> observe() throws Unreachable, InterruptedException {
        return observed("/endpoints");
    }

    /** A data plane of an earlier version answers with all endpoints. */
    Optional<EndpointObservation> observeOne(String serving) throws Unreachable, InterruptedException {
        return Optional.ofNullable(observed("/endpoints?name=" + serving).get(serving));
    }

    private Map<String, EndpointObservation> observed(String path) throws Unreachable, InterruptedException {
        Map<String, EndpointObservation> observations = new TreeMap<>();
        send("GET", path, BodyPublishers.noBody(), SHORT)
                .properties()
                .forEach(entry ->
                        observations.put(entry.getKey(), Json.convert(entry.getValue(), EndpointObservation.class)));
        return observations;
    }

    void stop() throws Unreachable, InterruptedException {
        send("POST", "/stop", BodyPublishers.noBody(), SHORT);
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body, Duration timeout)
            throws Unreachable, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.port() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(timeout)
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            JsonNode answer = Json.read(response.body());
            if (response.statusCode() >= 300) {
                throw new Unreachable("the data plane answered " + response.statusCode() + ": "
                        + answer.path("error").asString(""));
            }
            return answer;
        } catch (IOException | JacksonException failure) {
            throw new Unreachable("the data plane does not answer on its admin port", failure);
        }
    }
}
