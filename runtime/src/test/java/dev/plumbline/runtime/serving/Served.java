package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.serving.http.HttpLimits;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A data plane in this JVM with what a test needs to drive it. */
final class Served implements AutoCloseable {
    static final ServingSpec.Limits LIMITS = new ServingSpec.Limits(100, Duration.ofSeconds(10), 1000);
    static final String ROW = "{\"tenure\":3,\"charges\":29.5,\"contract\":\"month\",\"plan\":\"basic\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path state;
    private final ServeProcess process;

    Served(Path state) throws IOException, InterruptedException {
        this(state, HttpLimits.standard());
    }

    Served(Path state, HttpLimits limits) throws IOException, InterruptedException {
        this.state = state;
        this.process = ServeProcess.start(
                new ServeProcess.Settings(state, "127.0.0.1", 0, limits, Duration.ofSeconds(60)), Clock.systemUTC());
    }

    static Digest store(Path state, byte[] artifact) throws IOException {
        return new FileArtifactStore(state.resolve("artifacts")).put(new ByteArrayInputStream(artifact));
    }

    static EndpointConfiguration configuration(String serving, int version, Digest digest) {
        return new EndpointConfiguration(
                serving,
                Optional.of(new ServedVersion(new VersionName("churn", version), digest)),
                "",
                LIMITS,
                Optional.of(Duration.ofHours(1)));
    }

    static EndpointConfiguration nothing(String serving, String reason) {
        return new EndpointConfiguration(serving, Optional.empty(), reason, LIMITS, Optional.empty());
    }

    DataPlane plane() throws IOException {
        ServeFolder folder = new ServeFolder(state);
        return new DataPlane(
                client, folder.address().orElseThrow(), folder.token().orElseThrow());
    }

    /** Stores an artifact as one that passed its probe before: a probe takes a second. */
    static Digest storeProbed(Path state, byte[] artifact) throws IOException {
        Digest digest = store(state, artifact);
        ServeFolder.write(new ServeFolder(state).probed(digest.hex()), new byte[0]);
        return digest;
    }

    DeployOutcome deploy(String serving, int version, byte[] artifact) throws Exception {
        return plane().deploy(configuration(serving, version, storeProbed(state, artifact)));
    }

    DeployOutcome deployUnprobed(String serving, int version, byte[] artifact) throws Exception {
        return plane().deploy(configuration(serving, version, store(state, artifact)));
    }

    EndpointObservation observe(String serving) throws Exception {
        return Objects.requireNonNull(plane().observe().get(serving), serving);
    }

    int port() {
        return process.port();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length == 0) {
            request.header("Content-Type", "application/json");
        } else {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }
}
