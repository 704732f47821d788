package dev.plumbline.runtime.onnx;

/** A loaded model could not answer rows of the right shape. The message is for logs, not for clients. */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
