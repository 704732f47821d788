package dev.plumbline.webhooks.send;

import dev.plumbline.webhooks.Receiver;
import dev.plumbline.webhooks.SecretSource;
import dev.plumbline.webhooks.proof.StandardSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Posts each message with the headers of the Standard Webhooks specification, under every secret that is live. It follows no
 * redirection: the message goes to the address that was configured, or nowhere. Whatever begins with 2 counts as taken.
 */
public final class SignedReceiver implements Receiver, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final SecretSource secrets;
    private final Clock clock;
    private final HttpClient client;

    /**
     * Posts to this address.
     *
     * @param address http or https
     */
    public SignedReceiver(URI address, SecretSource secrets, Clock clock, Executor executor) {
        this.address = address;
        this.secrets = secrets;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor)
                .build();
    }

    @Override
    public void send(String id, byte[] body) throws NotTaken, InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "plumbline")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            StandardSignature.headers(secrets.current(), id, clock.instant(), body)
                    .forEach(request::header);
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new NotTaken("the receiver answered with the status " + status);
            }
        } catch (IOException unreachable) {
            throw new NotTaken("the receiver was not reached: " + unreachable.getMessage(), unreachable);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
