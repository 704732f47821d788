package dev.plumbline.reconciler.source.remote;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** Trusts a server only by a key that the operator's file lists for it; nothing is asked and nothing is added. */
final class KnownHosts implements ServerKeyDatabase {
    private final OpenSshServerKeyDatabase file;

    KnownHosts(Path file) {
        this.file = new OpenSshServerKeyDatabase(false, List.of(file));
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
        return file.lookup(connectAddress, remoteAddress, config);
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remoteAddress,
            PublicKey serverKey,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        return lookup(connectAddress, remoteAddress, config).stream()
                .anyMatch(known -> Arrays.equals(known.getEncoded(), serverKey.getEncoded()));
    }
}
