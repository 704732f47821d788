package dev.plumbline.policy.opa;

import com.bisnode.opa.client.OpaConfiguration;
import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.opa.OpaExchange.Said;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has an OPA server evaluate our policy. What it answers counts only if its bundle {@value OpaReplies#BUNDLE} has the digest
 * of our policy as its revision and it checks the signatures of bundles; everything else denies. Thread-safe.
 */
public final class OpaServer implements PolicyEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpaServer.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** More would only wait for each other at the server. */
    private static final int PARALLEL = 8;

    private final Settings settings;
    private final Digest policy;
    private final HttpClient http;
    private final ExecutorService threads;
    private final Duration limit;

    /**
     * Where the server is and how it is reached.
     *
     * @param token holds the bearer token, read again for each request; empty: it asks for none
     * @param authorities PEM certificates of those who may vouch for it; empty: those that this Java trusts
     */
    public record Settings(URI url, Optional<Path> token, Optional<Path> authorities) {}

    OpaServer(Settings settings, Digest policy, ExecutorService threads, Duration limit) throws IOException {
        this.settings = settings;
        this.policy = policy;
        this.threads = threads;
        this.limit = limit;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY);
        if (settings.authorities().isPresent()) {
            builder.sslContext(Authorities.of(settings.authorities().get()));
        }
        this.http = builder.build();
    }

    /**
     * A server that evaluates the rules that come with this project.
     *
     * @param threads where decisions are waited for; each may take two seconds
     * @throws IOException when the token or the certificates cannot be used; the message is for people
     */
    public static OpaServer shipped(Settings settings, ExecutorService threads) throws IOException {
        if (settings.token().isPresent()) {
            BearerToken.read(settings.token().get());
        }
        return new OpaServer(settings, ShippedPolicy.digest(), threads, LIMIT);
    }

    @Override
    public Digest policy() {
        return policy;
    }

    @Override
    public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        Optional<Decision> distrust = distrust();
        List<Decision> decisions =
                distrust.isPresent() ? Collections.nCopies(inputs.size(), distrust.get()) : inParallel(gate, inputs);
        decisions.stream()
                .filter(decision -> !decision.reason().conclusive())
                .findFirst()
                .ifPresent(first -> LOG.warn(
                        "The OPA server gave no decision gate={} reason={} message=\"{}\" questions={}",
                        gate.label(),
                        first.reason().label(),
                        first.findings().getFirst().message(),
                        inputs.size()));
        return decisions;
    }

    private List<Decision> inParallel(Gate gate, List<ObjectNode> inputs) {
        int size = Math.ceilDiv(inputs.size(), PARALLEL);
        List<List<ObjectNode>> shares = IntStream.iterate(0, from -> from < inputs.size(), from -> from + size)
                .mapToObj(from -> inputs.subList(from, Math.min(from + size, inputs.size())))
                .toList();
        List<Future<List<Decision>>> begun = shares.stream()
                .map(share -> threads.submit(() -> oneByOne(gate, share)))
                .toList();
        List<Decision> decisions = new ArrayList<>();
        for (int share = 0; share < begun.size(); share++) {
            decisions.addAll(await(begun.get(share), shares.get(share).size()));
        }
        return decisions;
    }

    private static List<Decision> await(Future<List<Decision>> share, int size) {
        try {
            return share.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            share.cancel(true);
            return Collections.nCopies(size, Decision.inconclusive(Reason.ERROR, "the evaluation was stopped"));
        } catch (ExecutionException bug) {
            LOG.error("asking the OPA server failed", bug.getCause());
            return Collections.nCopies(
                    size, Decision.inconclusive(Reason.ERROR, "the OPA server could not be asked; the log says why"));
        }
    }

    private List<Decision> oneByOne(Gate gate, List<ObjectNode> inputs) throws InterruptedException {
        List<Decision> decisions = new ArrayList<>();
        for (ObjectNode input : inputs) {
            Decision decision = decide(gate, input);
            decisions.add(decision);
            boolean silent = decision.reason() == Reason.TIMEOUT || decision.reason() == Reason.UNREACHABLE;
            // One question may be too hard; a server that is gone would be waited for once for each of thousands.
            Optional<Decision> gone = silent ? distrust() : Optional.empty();
            if (gone.isPresent()) {
                decisions.addAll(Collections.nCopies(inputs.size() - decisions.size(), gone.get()));
                return decisions;
            }
        }
        return decisions;
    }

    private Decision decide(Gate gate, ObjectNode input) throws InterruptedException {
        try {
            Said said = exchange().decide(input);
            Decision decision = OpaReplies.decision(gate, policy, said);
            LOG.debug(
                    "The OPA server answered decision={} gate={} policy={} reason={}",
                    OpaReplies.id(said),
                    gate.label(),
                    policy,
                    decision.reason().label());
            return misplaced(decision) && OpaReplies.refusedBundle(exchange().get("/v1/status"))
                    ? Decision.inconclusive(
                            Reason.UNSIGNED, "the OPA server was given a policy whose signature is missing or wrong")
                    : decision;
        } catch (IOException failure) {
            return silence(failure);
        }
    }

    private static boolean misplaced(Decision decision) {
        return decision.reason() == Reason.NO_REVISION || decision.reason() == Reason.WRONG_REVISION;
    }

    private Optional<Decision> distrust() {
        try {
            return OpaReplies.distrust(exchange().get("/v1/config"));
        } catch (IOException failure) {
            return Optional.of(silence(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(Decision.inconclusive(Reason.ERROR, "the evaluation was stopped"));
        }
    }

    private Decision silence(IOException failure) {
        return switch (failure) {
            case HttpTimeoutException late ->
                Decision.inconclusive(
                        Reason.TIMEOUT, "the OPA server gave no answer within " + limit.toMillis() + " ms");
            case BearerToken.UnusableException unusable ->
                Decision.inconclusive(Reason.UNREACHABLE, String.valueOf(unusable.getMessage()));
            case IOException other -> {
                LOG.debug("The OPA server cannot be reached", other);
                yield Decision.inconclusive(
                        Reason.UNREACHABLE, "the OPA server cannot be reached, or is not who it should be");
            }
        };
    }

    private OpaExchange exchange() throws IOException {
        Optional<String> token = settings.token().isPresent()
                ? Optional.of(BearerToken.read(settings.token().get()))
                : Optional.empty();
        return new OpaExchange(new OpaConfiguration(settings.url().toString()), http, token, limit);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
