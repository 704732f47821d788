package dev.plumbline.runtime.serving.http;

import java.time.Duration;

/**
 * What one client may ask of the inference port.
 *
 * @param bodyBytes of one request
 * @param buffered bytes of all bodies that are being received or answered at once, over all connections
 * @param head time to send a request's first line and headers on a new connection
 * @param body time to send a request's body
 * @param idle time between an answer and the next request's head
 */
public record HttpLimits(int bodyBytes, long buffered, Duration head, Duration body, Duration idle) {
    /** For a server that anyone may reach: 16 MiB a body, a quarter of the heap for all, 10, 30 and 60 seconds. */
    public static HttpLimits standard() {
        return new HttpLimits(
                16 << 20,
                Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 4),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }
}
