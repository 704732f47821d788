package dev.plumbline.runtime.serving.http.protocol;

/** A request is answered with an error. The message is for the client: what is wrong with which field, and what helps. */
public final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RequestRefused(int status, String message) {
        // Thrown for every bad request: nobody reads its stack, and filling it costs more than the answer.
        super(message, null, false, false);
        this.status = status;
    }

    /** 400: the request is not one that can be answered. */
    public static RequestRefused badRequest(String message) {
        return new RequestRefused(400, message);
    }

    /** 404: nobody of that name answers here. */
    public static RequestRefused notFound(String message) {
        return new RequestRefused(404, message);
    }

    /** 413: more than is taken at once. */
    public static RequestRefused tooLarge(String message) {
        return new RequestRefused(413, message);
    }

    /** 415: a media type that nobody reads here. */
    public static RequestRefused unsupported(String message) {
        return new RequestRefused(415, message);
    }

    /** The endpoint has as much to do as it may; the client should come again. */
    public static RequestRefused busy(String message) {
        return new RequestRefused(429, message);
    }

    /** 500: our own failure. */
    public static RequestRefused failed(String message) {
        return new RequestRefused(500, message);
    }

    /** It cannot be answered now; the client should come again. */
    public static RequestRefused unavailable(String message) {
        return new RequestRefused(503, message);
    }

    /** Any other status. */
    public static RequestRefused of(int status, String message) {
        return new RequestRefused(status, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is said to the client. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
