package dev.plumbline.webhooks;

import java.io.IOException;

/** Gives the secrets that are live now. Thread-safe. */
@FunctionalInterface
public interface SecretSource {
    /**
     * The live secrets. Blocking.
     *
     * @throws IOException with a sentence for the operator, when there are none that could be used
     */
    Secrets current() throws IOException;
}
