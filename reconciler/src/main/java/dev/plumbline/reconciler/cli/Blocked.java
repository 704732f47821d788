package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads from a report why something waits, and whether a person must act before it moves. */
final class Blocked {
    /** As a suspension says that it ends by itself, before the reason that somebody gave. */
    private static final Pattern LIMITED =
            Pattern.compile("^suspended (with everything else )?by [^:]* until [0-9]{4}-[0-9-]{5}T[0-9:]{8}Z: ");

    private Blocked() {}

    /** Why nothing new is followed or decided at all before somebody acts. */
    static Optional<String> frozen(JsonNode status) {
        return Fields.list(status, "warnings").stream()
                .filter(warning -> Fields.flag(warning, "freezes"))
                .map(warning ->
                        TableText.printable(Fields.text(warning, "reason") + ": " + Fields.text(warning, "message")))
                .findFirst();
    }

    /** Why this resource does not move before somebody acts; a suspension with a time limit ends by itself. */
    static Optional<String> person(JsonNode resource) {
        return condition(resource, "Stalled").isPresent()
                        || condition(resource, "Suspended")
                                .filter(words -> !LIMITED.matcher(words).find())
                                .isPresent()
                ? Optional.of(summary(resource))
                : Optional.empty();
    }

    /** How the resource stands. */
    static String summary(JsonNode resource) {
        String version = Fields.text(resource, "version");
        String reason = Fields.text(resource, "reason");
        String suspended = reason.equals("Suspended")
                ? ""
                : condition(resource, "Suspended").map(words -> "; " + words).orElse("");
        return TableText.printable(
                (reason + ": " + Fields.text(resource, "message") + (version.isEmpty() ? "" : " (" + version + ")"))
                                .strip()
                        + suspended);
    }

    /** The words of a condition that holds. */
    private static Optional<String> condition(JsonNode resource, String type) {
        return Fields.list(resource, "conditions").stream()
                .filter(each -> Fields.text(each, "type").equals(type)
                        && Fields.text(each, "status").equals("True"))
                .map(each -> Fields.text(each, "message"))
                .findFirst();
    }
}
