package dev.plumbline.runtime.onnx;

/** A file is not a model that Plumbline runs. The message says why, in a sentence for people. */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public ModelRefusedException(String message) {
        super(message);
    }

    public ModelRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
