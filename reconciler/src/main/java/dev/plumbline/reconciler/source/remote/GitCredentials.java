package dev.plumbline.reconciler.source.remote;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to prove to a remote who is asking. Secrets stay in their files and are read at each use, so that they can be
 * changed while the control plane runs.
 *
 * @param username for https; forges that only look at the token take any
 * @param tokenFile its first line is the password or token for https
 * @param sshKeyFile a private key without a passphrase
 * @param knownHostsFile the host keys to trust; ssh needs it
 */
public record GitCredentials(
        Optional<String> username, Optional<Path> tokenFile, Optional<Path> sshKeyFile, Optional<Path> knownHostsFile) {
    /** Asks without any, as for a local or public repository. */
    public static GitCredentials none() {
        return new GitCredentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
