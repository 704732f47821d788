package dev.plumbline.runtime.serving.http;

/** A request is answered with an error. The message is for the client: what is wrong with which field, and what helps. */
final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RequestRefused(int status, String message) {
        // Thrown for every bad request: nobody reads its stack, and filling it costs more than the answer.
        super(message, null, false, false);
        this.status = status;
    }

    static RequestRefused badRequest(String message) {
        return new RequestRefused(400, message);
    }

    static RequestRefused notFound(String message) {
        return new RequestRefused(404, message);
    }

    static RequestRefused tooLarge(String message) {
        return new RequestRefused(413, message);
    }

    static RequestRefused unsupported(String message) {
        return new RequestRefused(415, message);
    }

    /** The endpoint has as much to do as it may; the client should come again. */
    static RequestRefused busy(String message) {
        return new RequestRefused(429, message);
    }

    static RequestRefused failed(String message) {
        return new RequestRefused(500, message);
    }

    /** It cannot be answered now; the client should come again. */
    static RequestRefused unavailable(String message) {
        return new RequestRefused(503, message);
    }

    static RequestRefused of(int status, String message) {
        return new RequestRefused(status, message);
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
