package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads names as people write them. */
public final class ResourceNames {
    private ResourceNames() {}

    /** A resource, written KIND/NAME. */
    public static ResourceId resource(String text) throws CommandException {
        int slash = text.indexOf('/');
        if (slash > 0) {
            kind(text.substring(0, slash));
        }
        return ResourceId.parse(text)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "'" + text + "' is not a resource", "write KIND/NAME, such as serving/churn"));
    }

    /** A kind, in any case and number. */
    public static Kind kind(String text) throws CommandException {
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

    /** Where the API tells of a resource. */
    public static String path(ResourceId id) {
        return "/api/v1/resources/" + id.kind().label() + "/" + ApiClient.part(id.name());
    }
}
