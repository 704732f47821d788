package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.TokensException;
import dev.plumbline.reconciler.access.TokensFile;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/** A tokens file with one caller of each role, called as the role. */
public final class Tokens {
    private Tokens() {}

    /** What the caller of this role shows. */
    public static String of(String role) {
        return "token-of-the-caller-whose-role-is-" + role;
    }

    /** Writes the file. */
    public static Path write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("callers:\n");
        for (String role : new String[] {"read", "operate", "approve", "policy"}) {
            text.append("- {name: %s@example.com, roles: [%s], tokens: ['%s']}\n"
                    .formatted(
                            role,
                            role,
                            Digest.of(of(role).getBytes(StandardCharsets.UTF_8)).value()));
        }
        Path file = Files.writeString(folder.resolve("tokens.yaml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    /** Writes and opens it. */
    public static TokensFile open(Path folder) {
        try {
            return TokensFile.open(write(folder), Clock.systemUTC());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (TokensException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
