package dev.plumbline.reconciler.source.remote;

import dev.plumbline.reconciler.source.Source;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** Opens connections to the remote with the operator's credentials and nobody else's. Thread-safe. */
public final class Transports implements AutoCloseable {
    /** For a byte to come; ten times that for a word on what was pushed, which hooks may think about. */
    private static final int TIMEOUT_SECONDS = 20;

    private final Repository mirror;
    private final Remote remote;
    private final GitCredentials credentials;
    private final Optional<SshdSessionFactory> ssh;
    private final Optional<LocalRepository> local;

    public Transports(Repository mirror, Remote remote, GitCredentials credentials) throws Source.SourceException {
        this.mirror = mirror;
        this.remote = remote;
        this.credentials = credentials;
        local = remote.folder().map(_ -> new LocalRepository(remote));
        ssh = remote.kind() == Remote.Kind.SSH ? Optional.of(sessions()) : Optional.empty();
    }

    /** For reading. */
    public Transport toFetch() throws IOException, Source.SourceException {
        Transport transport = open();
        transport.setCheckFetchedObjects(true);
        transport.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
        return transport;
    }

    /** For writing. A local repository's own hooks and rules are asked, as they would be for anybody's push. */
    public Transport toPush() throws IOException, Source.SourceException {
        return open();
    }

    /** Says that a connection failed: the next one takes nothing for granted. */
    public void failed() {
        local.ifPresent(LocalRepository::reopen);
    }

    private Transport open() throws IOException, Source.SourceException {
        if (local.isPresent()) {
            return configured(local.get().connect(mirror));
        }
        try {
            return configured(Transport.open(mirror, new URIish(remote.url())));
        } catch (URISyntaxException broken) {
            throw new IOException("not a URL that Git understands", broken);
        }
    }

    private Transport configured(Transport transport) throws Source.SourceException {
        transport.setTimeout(TIMEOUT_SECONDS);
        if (remote.kind() == Remote.Kind.HTTP && credentials.tokenFile().isPresent()) {
            transport.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                    credentials.username().orElse("plumbline"),
                    token(credentials.tokenFile().get())));
        }
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new SmartHttpOnly(http.getHttpConnectionFactory()));
        }
        if (transport instanceof SshTransport sshTransport) {
            ssh.ifPresent(sshTransport::setSshSessionFactory);
        }
        return transport;
    }

    private static String token(Path file) throws Source.SourceException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new IOException("its first line is empty"));
        } catch (IOException | UncheckedIOException unreadable) {
            // Neither name nor cause: whoever put the token itself where its file belongs would read it in every
            // status.
            throw new Source.SourceException(
                    "Unauthorized", "The file that git.tokenFile names cannot be read, or its first line is empty.");
        }
    }

    private SshdSessionFactory sessions() throws Source.SourceException {
        Path known = credentials
                .knownHostsFile()
                .orElseThrow(() -> new Source.SourceException(
                        "Unauthorized",
                        remote.label() + " is reached by ssh: name the host keys to trust as git.knownHostsFile in the "
                                + "configuration (ssh-keyscan HOST prints them; compare before you trust)."));
        File own = mirror.getDirectory();
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(own)
                .setSshDirectory(own)
                .setPreferredAuthentications("publickey")
                .setConfigStoreFactory((home, directory, user) -> null)
                .setDefaultKnownHostsFiles(directory -> List.of(known))
                .setDefaultIdentities(
                        directory -> credentials.sshKeyFile().stream().toList())
                .setServerKeyDatabase((home, directory) -> new KnownHosts(known))
                .build(null);
    }

    @Override
    public void close() {
        ssh.ifPresent(SshdSessionFactory::close);
        local.ifPresent(LocalRepository::close);
    }
}
