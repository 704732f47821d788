package dev.plumbline.reconciler.cli;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads names as people write them. */
final class ResourceNames {
    private ResourceNames() {}

    static ResourceId resource(String text) throws CommandException {
        int slash = text.indexOf('/');
        if (slash > 0) {
            kind(text.substring(0, slash));
        }
        return ResourceId.parse(text)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "'" + text + "' is not a resource", "write KIND/NAME, such as serving/churn"));
    }

    static Kind kind(String text) throws CommandException {
        String singular = text.toLowerCase(Locale.ROOT).endsWith("s") ? text.substring(0, text.length() - 1) : text;
        return Kind.named(text)
                .or(() -> Kind.named(singular))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "there is no kind '" + text + "'",
                        "kinds are "
                                + Arrays.stream(Kind.values())
                                        .map(kind -> kind.label().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    static String path(ResourceId id) {
        return "/api/v1/resources/" + id.kind().label() + "/" + ApiClient.part(id.name());
    }
}
