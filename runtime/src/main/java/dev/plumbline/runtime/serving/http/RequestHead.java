package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.http.protocol.Cells;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be refused by the headers of an inference alone. */
final class RequestHead {
    private static final CharSequence BINARY = HttpHeaders.createOptimized("Inference-Header-Content-Length");

    private RequestHead() {}

    /** Why the request is refused; null when it is not. */
    static @Nullable RequestRefused check(HttpServerRequest request, HttpLimits limits) {
        MultiMap headers = request.headers();
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.equals("application/json") && !json(type)) {
            return RequestRefused.unsupported(
                    "the content type must be application/json (in UTF-8), not " + Cells.shown(type));
        }
        String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return RequestRefused.unsupported("the body must not be compressed; it says " + Cells.shown(encoding));
        }
        if (headers.contains(BINARY)) {
            return RequestRefused.badRequest("binary tensor data is not supported; send 'data' as JSON");
        }
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() > 6 && Long.parseLong(length) > limits.bodyBytes()) {
            return RequestRefused.tooLarge("the body is larger than " + limits.bodyBytes() + " bytes; send fewer rows");
        }
        return null;
    }

    private static boolean json(String type) {
        String[] pieces =
                type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "").split(";", -1);
        if (!pieces[0].equals("application/json")) {
            return false;
        }
        for (int index = 1; index < pieces.length; index++) {
            if (pieces[index].startsWith("charset=") && !pieces[index].equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
