package dev.plumbline.reconciler.cli.session;

import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a control plane, or the data plane that it names. */
public final class ApiClient {
    private static final String ENVIRONMENT = "X-Plumbline-Environment";
    private static final int LONGEST_REFUSAL = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;
    private final Optional<String> token;
    private final Optional<String> environment;
    private final Duration answer;

    /**
     * A client of the control plane at this address.
     *
     * @param environment of which it must be; empty: of whichever it is
     */
    public ApiClient(URI server, Optional<String> token, Optional<String> environment) {
        this(server, token, environment, ANSWER);
    }

    /**
     * The same, less or more patient.
     *
     * @param answer for how long an answer is waited for
     */
    ApiClient(URI server, Optional<String> token, Optional<String> environment, Duration answer) {
        this.answer = answer;
        this.server = server;
        this.token = token;
        this.environment = environment;
    }

    /** A part of a path or query, such that nothing in it means anything to a URL. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What the server answers at the path. */
    public JsonNode get(String path) throws CommandException, InterruptedException {
        return json(send(request(path).timeout(answer).build(), BodyHandlers.ofString()));
    }

    /** What the server answers to the body. */
    public JsonNode post(String path, JsonNode body) throws CommandException, InterruptedException {
        return post(server.resolve(path), body);
    }

    /** Asks another address, such as that of the data plane; it is not shown the token. */
    public JsonNode post(URI address, JsonNode body) throws CommandException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(answer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)));
        if (address.getAuthority().equals(server.getAuthority())) {
            introduce(request);
        }
        return json(send(request.build(), BodyHandlers.ofString()));
    }

    /** The text at the path, with its headers. */
    public HttpResponse<String> text(String path) throws CommandException, InterruptedException {
        return expect(send(request(path).timeout(answer).build(), BodyHandlers.ofString()));
    }

    /** Lines that go on for as long as they are read. */
    public InputStream stream(String path) throws CommandException, InterruptedException {
        HttpResponse<InputStream> answer = send(request(path).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 400) {
            throw refused(answer.statusCode(), start(answer.body()));
        }
        return answer.body();
    }

    private static String start(InputStream body) throws CommandException {
        try (body) {
            return new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNREACHABLE, "the server stopped answering", Optional.empty(), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        introduce(request);
        return request;
    }

    private void introduce(HttpRequest.Builder request) {
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        environment.ifPresent(name -> request.header(ENVIRONMENT, name));
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws CommandException, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw Unanswered.of(request.uri().resolve("/"), CONNECT, answer, e);
        }
    }

    private static HttpResponse<String> expect(HttpResponse<String> answer) throws CommandException {
        if (answer.statusCode() >= 400) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer;
    }

    private JsonNode json(HttpResponse<String> answer) throws CommandException {
        String body = expect(answer).body();
        try {
            return Json.read(body.getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "what answers at " + answer.uri().resolve("/") + " is not Plumbline",
                    Optional.of("name the right one with --server"),
                    e);
        }
    }

    private static CommandException refused(int status, String body) {
        Optional<JsonNode> error = error(body);
        String message = error.map(ApiClient::message)
                .orElse("the server answered " + status + (body.isBlank() ? "" : ", which Plumbline never does so"));
        Optional<String> hint =
                error.map(node -> node.get("hint")).filter(JsonNode::isString).map(JsonNode::stringValue);
        boolean bug = error.map(node -> node.get("code"))
                .filter(code -> code.asString().equals("internal"))
                .isPresent();
        return new CommandException(bug ? ExitCode.BUG : exitCode(status), message, hint, null);
    }

    /** The error of the control port is an object, that of the serving port a text. */
    private static Optional<JsonNode> error(String body) {
        try {
            return Optional.ofNullable(
                    Json.read(body.getBytes(StandardCharsets.UTF_8)).get("error"));
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    private static String message(JsonNode error) {
        JsonNode message = error.get("message");
        return message != null && message.isString() ? message.stringValue() : error.asString();
    }

    private static ExitCode exitCode(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> ExitCode.USAGE;
            case 401, 403, 404, 409 -> ExitCode.NO;
            default -> ExitCode.UNREACHABLE;
        };
    }
}
