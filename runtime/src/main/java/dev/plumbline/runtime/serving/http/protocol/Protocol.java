package dev.plumbline.runtime.serving.http.protocol;

/** How one protocol writes requests, answers and errors of inference. Thread-safe. */
public interface Protocol {
    /** Reads the rows of a body into the call's batch. */
    void decode(byte[] body, InferenceCall call) throws RequestRefused;

    /** Writes the answers of the call's batch. */
    JsonBytes encode(InferenceCall call);

    /** The body of an error. */
    default JsonBytes error(int status, String message) {
        return new JsonBytes(message.length() + 32)
                .raw("{\"error\":")
                .string(message)
                .raw('}');
    }
}
