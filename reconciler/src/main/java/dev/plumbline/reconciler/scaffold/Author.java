package dev.plumbline.reconciler.scaffold;

import java.nio.file.Path;
import java.util.Map;

/** Whom a commit names. */
public record Author(String name, String email) {
    /** Who sits here, as {@link Person} knows it; where Git is not configured, the user of this machine. */
    public static Author at(Path folder, Map<String, String> environment) {
        String user = environment.getOrDefault("USER", "");
        String known = user.isBlank() ? "somebody" : user;
        return new Author(
                Person.name(folder, environment).orElse(known),
                Person.email(folder, environment).orElse(known + "@localhost"));
    }
}
