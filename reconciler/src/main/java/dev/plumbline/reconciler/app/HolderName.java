package dev.plumbline.reconciler.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what name this process holds the ledger: one that says to a person on which machine it is to be stopped. */
final class HolderName {
    private static final Logger LOG = LoggerFactory.getLogger(HolderName.class);
    private static final List<Path> FILES = List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
    private static final long LONGEST_LOOKUP_MILLIS = 500;

    private HolderName() {}

    /** Such as {@code ada@laptop (process 4711)}. */
    static String ofThisProcess() {
        return of(
                System.getProperty("user.name", "somebody"),
                host(FILES, HolderName::lookedUp),
                ProcessHandle.current().pid());
    }

    static String of(String user, Optional<String> host, long process) {
        return user + "@" + host.orElse("an unnamed machine") + " (process " + process + ")";
    }

    /** What the machine calls itself; the resolver is asked only where no file says it. */
    static Optional<String> host(List<Path> files, Supplier<Optional<String>> resolver) {
        return files.stream()
                .map(HolderName::read)
                .flatMap(Optional::stream)
                .filter(name -> HOST.matcher(name).matches())
                .findFirst()
                .or(() -> resolver.get().filter(name -> HOST.matcher(name).matches()));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(
                            Files.readString(file, StandardCharsets.ISO_8859_1).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            LOG.debug("the machine's name cannot be read here file={}", file, unreadable);
            return Optional.empty();
        }
    }

    /** A resolver that does not answer keeps nobody waiting. */
    private static Optional<String> lookedUp() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("host-name").start(() -> answer.complete(resolved()));
        return answer.completeOnTimeout(Optional.empty(), LONGEST_LOOKUP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static Optional<String> resolved() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            LOG.debug("the machine's name cannot be looked up", nameless);
            return Optional.empty();
        }
    }
}
