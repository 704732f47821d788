package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the hooks of the repository that is pushed into ({@code pre-receive}, {@code update}, {@code post-receive}) as Git
 * does, so that what protects a branch from people protects it from us. Our own post-receive hook is left out: it would
 * tell us of our own commit.
 */
final class RepositoryHooks {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryHooks.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LONGEST_OUTPUT = 64 * 1024;

    private final Repository repository;
    private final Path folder;

    RepositoryHooks(Repository repository) {
        this.repository = repository;
        Path home = repository.getDirectory().toPath();
        folder = Optional.ofNullable(repository
                        .getConfig()
                        .getString(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_HOOKS_PATH))
                .map(home::resolve)
                .orElse(home.resolve(Constants.HOOKS));
    }

    /** Receives a push into this repository, and asks its hooks. */
    static ReceivePack receive(Repository repository) {
        RepositoryHooks hooks = new RepositoryHooks(repository);
        ReceivePack receive = new Receiving(repository);
        receive.setPreReceiveHook(hooks::before);
        receive.setPostReceiveHook(hooks::after);
        return receive;
    }

    /** JGit prints on the terminal what fails here, and whoever pushes is told by the end of the connection. */
    private static final class Receiving extends ReceivePack {
        Receiving(Repository repository) {
            super(repository);
        }

        @Override
        public void receive(InputStream input, OutputStream output, @Nullable OutputStream messages) {
            try {
                super.receive(input, output, messages);
            } catch (IOException | RuntimeException failed) {
                LOG.warn("The local repository could not take a push reason={}", failed.toString());
            }
        }
    }

    void before(ReceivePack pack, Collection<ReceiveCommand> commands) {
        commands.stream()
                .filter(this::checkedOut)
                .forEach(command ->
                        refuse(command, "branch is currently checked out: push to a bare repository instead"));
        List<ReceiveCommand> open = open(commands);
        if (!open.isEmpty() && !run(pack, "pre-receive", List.of(), lines(open))) {
            open.forEach(command -> refuse(command, "pre-receive hook declined"));
        }
        for (ReceiveCommand command : open(commands)) {
            List<String> arguments = List.of(
                    command.getRefName(),
                    command.getOldId().name(),
                    command.getNewId().name());
            if (!run(pack, "update", arguments, "")) {
                refuse(command, "hook declined");
            }
        }
    }

    void after(ReceivePack pack, Collection<ReceiveCommand> commands) {
        List<ReceiveCommand> done = List.copyOf(commands);
        if (!done.isEmpty() && !PostReceiveHook.isOurs(folder) && !run(pack, "post-receive", List.of(), lines(done))) {
            LOG.warn("A post-receive hook of the local repository failed hook={}", "post-receive");
        }
    }

    private boolean checkedOut(ReceiveCommand command) {
        try {
            return !repository.isBare() && command.getRefName().equals(repository.getFullBranch());
        } catch (IOException unknown) {
            LOG.warn("The repository does not tell what is checked out, so nothing is pushed into it", unknown);
            return true;
        }
    }

    private static List<ReceiveCommand> open(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(command -> command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED)
                .toList();
    }

    private static void refuse(ReceiveCommand command, String words) {
        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, words);
    }

    private static String lines(List<ReceiveCommand> commands) {
        return commands.stream()
                .map(command ->
                        command.getOldId().name() + " " + command.getNewId().name() + " " + command.getRefName() + "\n")
                .collect(Collectors.joining());
    }

    /** Whether the hook is content; one that is not there is. One that cannot be run is not. */
    private boolean run(ReceivePack pack, String name, List<String> arguments, String input) {
        Path hook = folder.resolve(name);
        if (!Files.isRegularFile(hook) || !Files.isExecutable(hook)) {
            return true;
        }
        try {
            return execute(pack, hook, arguments, input);
        } catch (IOException | ExecutionException broken) {
            LOG.warn("A hook of the local repository could not be run hook={}", name, broken);
            pack.sendMessage("the hook " + name + " could not be run");
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean execute(ReceivePack pack, Path hook, List<String> arguments, String input)
            throws IOException, InterruptedException, ExecutionException {
        List<String> command = new ArrayList<>(List.of(hook.toAbsolutePath().toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(repository.getDirectory()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("GIT_"));
        builder.environment().put("GIT_DIR", repository.getDirectory().getAbsolutePath());
        Process process = builder.start();
        FutureTask<String> output = new FutureTask<>(() -> output(process));
        Thread.ofVirtual().name("hook-output").start(output);
        feed(process, input);
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            pack.sendMessage("the hook " + hook.getFileName() + " did not end within " + LIMIT.toSeconds() + " s");
            return false;
        }
        output.get().lines().forEach(pack::sendMessage);
        return process.exitValue() == 0;
    }

    private static void feed(Process process, String input) {
        try (var stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // A hook may end without reading what it is told; its exit status is its answer.
            LOG.debug("A hook did not read its input", unread);
        }
    }

    private static String output(Process process) throws IOException {
        try (var stream = process.getInputStream()) {
            String text = new String(stream.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
            stream.skip(Long.MAX_VALUE);
            return text;
        }
    }
}
