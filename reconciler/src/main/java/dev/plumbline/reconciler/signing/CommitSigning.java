package dev.plumbline.reconciler.signing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Signs commits of ours with the operator's key, and tells whether a commit was signed by a key that is trusted: that one,
 * and those of the configured list. Files are read at each use, so that keys can be exchanged. Thread-safe.
 */
public final class CommitSigning {
    private final Optional<Path> keyFile;
    private final Optional<Path> allowedSigners;
    private final Clock clock;

    private CommitSigning(Optional<Path> keyFile, Optional<Path> allowedSigners, Clock clock) {
        this.keyFile = keyFile;
        this.allowedSigners = allowedSigners;
        this.clock = clock;
    }

    /** Signs nothing and distrusts nothing. */
    public static CommitSigning none() {
        // Without a key nobody asks for the time.
        return new CommitSigning(Optional.empty(), Optional.empty(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /**
     * Signs with the key of this file.
     *
     * @param allowedSigners further keys to trust, in the form of {@code allowed_signers}
     * @throws SigningException when one of the files cannot be used now
     */
    public static CommitSigning with(Path keyFile, Optional<Path> allowedSigners, Clock clock) throws SigningException {
        CommitSigning signing = new CommitSigning(Optional.of(keyFile), allowedSigners, clock);
        SigningKey.read(keyFile);
        signing.allowed();
        return signing;
    }

    /**
     * Signs nothing, and trusts the keys of this list.
     *
     * @param allowedSigners in the form of {@code allowed_signers}
     * @throws SigningException when the file cannot be used now
     */
    public static CommitSigning trusting(Path allowedSigners) throws SigningException {
        CommitSigning signing = new CommitSigning(
                Optional.empty(), Optional.of(allowedSigners), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        signing.allowed();
        return signing;
    }

    /** Whether anything says whose signatures count. */
    public boolean trusts() {
        return keyFile.isPresent() || allowedSigners.isPresent();
    }

    /** Whether there is a key. */
    public boolean signs() {
        return keyFile.isPresent();
    }

    /**
     * The armored signature of a commit that has none yet; empty without a key.
     *
     * @param commit its bytes
     */
    public Optional<String> sign(byte[] commit) throws SigningException {
        return keyFile.isEmpty()
                ? Optional.empty()
                : Optional.of(SshSignature.make(SigningKey.read(keyFile.get()), commit)
                        .armored());
    }

    /**
     * Why a commit is not trusted, as the end of a sentence that begins with the commit; empty when it is, and without a
     * key.
     *
     * @param commit its bytes as Git stores them
     */
    public Optional<String> distrust(byte[] commit) throws SigningException {
        return keyFile.isEmpty() ? Optional.empty() : distrustThen(commit, clock.instant());
    }

    /**
     * Why a commit is not trusted, as {@link #distrust} says it, by the keys that were valid at a time; empty also when
     * nothing says whom to trust.
     *
     * @param then when the commit says to have been made: it counts only with a record of its own, such as an unbroken chain
     */
    public Optional<String> distrustThen(byte[] commit, Instant then) throws SigningException {
        if (!trusts()) {
            return Optional.empty();
        }
        try {
            SignedCommit signed = SignedCommit.read(commit);
            if (signed.signature().isEmpty()) {
                return Optional.of("is not signed");
            }
            SshSignature signature = SshSignature.read(signed.signature().get());
            return signature.covers(signed.payload())
                    ? distrust(signature.key(), then)
                    : Optional.of("carries a signature that was not made over it");
        } catch (WireReader.Malformed odd) {
            return Optional.of("carries a signature that cannot be checked (" + odd.getMessage() + ")");
        }
    }

    private Optional<String> distrust(PublicKey key, Instant then) throws SigningException {
        AllowedSigners allowed = allowed();
        boolean own =
                keyFile.isPresent() && key.equals(SigningKey.read(keyFile.get()).publicKey());
        if (own || allowed.allow(key, then)) {
            return Optional.empty();
        }
        return Optional.of(allowed.lapsed(key, then)
                .map(who -> "was signed by a key of " + who + " (" + key.fingerprint() + ") that was not valid then")
                .orElseGet(() -> "was signed by a key that nobody here trusts (" + key.fingerprint() + ")"));
    }

    private AllowedSigners allowed() throws SigningException {
        return allowedSigners.isPresent() ? AllowedSigners.read(allowedSigners.get()) : AllowedSigners.nobody();
    }
}
