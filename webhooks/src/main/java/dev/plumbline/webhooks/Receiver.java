package dev.plumbline.webhooks;

/** Somebody outside who is told of what happens. Thread-safe; blocking. */
@FunctionalInterface
public interface Receiver {
    /**
     * Tells it, once.
     *
     * @param id the same for the same message however often it is sent, so that the receiver may drop what it has
     * @param body JSON
     * @throws NotTaken when the receiver did not take it, or was not reached
     */
    void send(String id, byte[] body) throws NotTaken, InterruptedException;

    /** The message is not known to have arrived; the words are for operators and hold neither secret nor address. */
    final class NotTaken extends Exception {
        /** Why. */
        public NotTaken(String message) {
            super(message);
        }

        /** Why, with what happened. */
        public NotTaken(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
