package dev.plumbline.reconciler.api;

/**
 * One thing that can be asked of the control port.
 *
 * @param method {@code GET} or {@code POST}; only the latter changes anything
 * @param path with names of its parts in braces, as the OpenAPI document writes it
 */
record Endpoint(String method, String path, Action action) {
    /** Answers a request. Blocking; runs on a virtual thread. */
    @FunctionalInterface
    interface Action {
        Reply answer(Call call) throws ApiError, InterruptedException;
    }

    static Endpoint get(String path, Action action) {
        return new Endpoint("GET", path, action);
    }

    static Endpoint post(String path, Action action) {
        return new Endpoint("POST", path, action);
    }
}
