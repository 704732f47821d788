package dev.plumbline.webhooks.proof;

import java.util.Optional;

/** Judges a body by its raw bytes while they arrive, before anything reads what they say. Not thread-safe. */
public interface BodyCheck {
    /** The next bytes of the body. */
    void take(byte[] part);

    /** What shows that the body is authentic, once it is whole; empty when nothing does. */
    Optional<Proof> end();

    /**
     * A body is authentic.
     *
     * @param signature the signature that held, in hexadecimal; empty where the body is not signed
     */
    record Proof(Optional<String> signature) {}

    /** For a body that is sent beside a token that was right: nothing covers its bytes. */
    record Unsigned() implements BodyCheck {
        @Override
        public void take(byte[] part) {
            // A token says nothing about the body.
        }

        @Override
        public Optional<Proof> end() {
            return Optional.of(new Proof(Optional.empty()));
        }
    }
}
