package dev.plumbline.reconciler.source;

import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** What an ssh server runs when a Git client asks it to fetch from or push to a repository. */
final class SshGitCommand implements Command {
    private final TemporaryRepository repository;
    private final String command;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private @Nullable OutputStream errors;
    private @Nullable ExitCallback exit;

    SshGitCommand(TemporaryRepository repository, String command) {
        this.repository = repository;
        this.command = command;
    }

    @Override
    public void setInputStream(InputStream stream) {
        input = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        output = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        errors = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Thread.ofVirtual().name("ssh-git").start(this::run);
    }

    private void run() {
        ExitCallback done = Objects.requireNonNull(exit);
        try {
            if (command.startsWith("git-upload-pack")) {
                new UploadPack(repository.git()).upload(input, output, errors);
            } else {
                new ReceivePack(repository.git()).receive(input, output, errors);
            }
            done.onExit(0);
        } catch (IOException broken) {
            done.onExit(1, broken.getMessage());
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        // The streams end with the channel.
    }
}
