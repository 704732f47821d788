package dev.plumbline.reconciler.scaffold;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** Who sits here, as far as Git's configuration and the environment tell. */
public final class Person {
    private Person() {}

    /** E-mail address of Git's user, else the name of the system's user. */
    public static String at(Path folder, Map<String, String> environment) {
        return email(folder, environment)
                .or(() -> Optional.ofNullable(environment.get("USER")))
                .orElse("somebody");
    }

    /** Git's {@code user.email}, where it is configured. */
    public static Optional<String> email(Path folder, Map<String, String> environment) {
        return value(folder, environment, "GIT_AUTHOR_EMAIL", "email");
    }

    /** Git's {@code user.name}, where it is configured. */
    public static Optional<String> name(Path folder, Map<String, String> environment) {
        return value(folder, environment, "GIT_AUTHOR_NAME", "name");
    }

    private static Optional<String> value(Path folder, Map<String, String> environment, String variable, String key) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .or(() -> ofRepository(folder, key))
                .or(() -> ofPerson(environment, key));
    }

    private static Optional<String> ofRepository(Path folder, String key) {
        FileRepositoryBuilder found = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (found.getGitDir() == null) {
            return Optional.empty();
        }
        return read(new File(found.getGitDir(), "config"), key);
    }

    /** The files that Git itself reads, in its order. */
    private static Optional<String> ofPerson(Map<String, String> environment, String key) {
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            return Optional.empty();
        }
        Path shared = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"));
        return read(Path.of(home, ".gitconfig").toFile(), key)
                .or(() -> read(shared.resolve("git/config").toFile(), key));
    }

    private static Optional<String> read(File file, String key) {
        FileBasedConfig config = new FileBasedConfig(new Config(), file, FS.DETECTED);
        try {
            config.load();
        } catch (IOException | ConfigInvalidException unreadable) {
            // Git's own commands will say what is wrong with it; here it only names nobody.
            return Optional.empty();
        }
        return Optional.ofNullable(config.getString("user", null, key)).filter(text -> !text.isBlank());
    }
}
