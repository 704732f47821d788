package dev.plumbline.policy.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.query.OpaQueryClient;
import com.bisnode.opa.client.query.QueryForDocumentRequest;
import com.bisnode.opa.client.rest.ObjectMapperFactory;
import com.bisnode.opa.client.rest.OpaRestClient;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request to an OPA server by OPA's client for Java, and what that leaves out: a token, a limit to the time and the size
 * of the whole answer, and all that was said, whatever its status. Not thread-safe; for one request.
 */
final class OpaExchange extends OpaRestClient {
    /** Fixed, so that nothing of a question is ever part of a path. */
    private static final String DECISION = "plumbline/decision";

    private static final String PARAMETERS = "?provenance=true&strict-builtin-errors=true";
    private static final int LARGEST_ANSWER = 8 << 20;

    private final HttpClient http;
    private final Optional<String> token;
    private final Duration limit;
    private @Nullable Said said;

    /**
     * All that a server said.
     *
     * @param json empty when it was no JSON object
     */
    record Said(int status, Optional<ObjectNode> json) {
        static Said of(int status, byte[] body) {
            try {
                return new Said(
                        status, Json.read(body) instanceof ObjectNode object ? Optional.of(object) : Optional.empty());
            } catch (JacksonException notJson) {
                return new Said(status, Optional.empty());
            }
        }

        /** The object, or an empty one. */
        ObjectNode object() {
            return json.orElseGet(Json::object);
        }
    }

    OpaExchange(OpaConfiguration server, HttpClient http, Optional<String> token, Duration limit) {
        super(server, http, ObjectMapperFactory.getInstance().create());
        this.http = http;
        this.token = token;
        this.limit = limit;
    }

    /** Asks for the decision about this input. */
    Said decide(ObjectNode input) throws IOException, InterruptedException {
        // Our own canonical bytes: the client's mapper knows other trees than ours.
        RawValue canonical = new RawValue(new String(Json.canonical(input), StandardCharsets.UTF_8));
        try {
            var _ = new OpaQueryClient(this)
                    .queryForDocument(new QueryForDocumentRequest(canonical, DECISION), Object.class);
        } catch (OpaClientException unusual) {
            return afterAll(unusual);
        }
        return kept();
    }

    /** Asks for what the server says of itself. */
    Said get(String path) throws IOException, InterruptedException {
        try {
            var _ = sendRequest(getBasicRequestBuilder(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (OpaClientException unusual) {
            return afterAll(unusual);
        }
        return kept();
    }

    /** To the client, an answer that is undefined, unreadable or of another status is none. */
    private Said afterAll(OpaClientException unusual) throws IOException, InterruptedException {
        Said answer = said;
        if (answer != null) {
            return answer;
        }
        switch (unusual.getCause()) {
            case InterruptedException stopped -> throw stopped;
            case IOException failure -> throw failure;
            case null, default -> throw unusual;
        }
    }

    private Said kept() {
        Said answer = said;
        if (answer == null) {
            throw new IllegalStateException("the OPA client sent nothing");
        }
        return answer;
    }

    @Override
    public HttpRequest.Builder getBasicRequestBuilder(String endpoint) {
        HttpRequest.Builder request = super.getBasicRequestBuilder(endpoint + PARAMETERS);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    @Override
    public <T> HttpResponse<T> sendRequest(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, keeping(handler));
        try {
            HttpResponse<T> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() >= 300) {
                throw new OpaClientException("status " + response.statusCode());
            }
            return response;
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException failure ? failure : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private <T> BodyHandler<T> keeping(BodyHandler<T> handler) {
        return answer -> BodySubscribers.limiting(
                BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> {
                    said = Said.of(answer.statusCode(), bytes);
                    return fed(handler.apply(answer), bytes);
                }),
                LARGEST_ANSWER);
    }

    /** What the client makes of the whole body. */
    private static <T> T fed(BodySubscriber<T> subscriber, byte[] bytes) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long more) {}

            @Override
            public void cancel() {}
        });
        subscriber.onNext(List.of(ByteBuffer.wrap(bytes)));
        subscriber.onComplete();
        return subscriber.getBody().toCompletableFuture().join();
    }
}
