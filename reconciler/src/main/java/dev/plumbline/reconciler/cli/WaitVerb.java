package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb wait}. */
@Command(
        name = "wait",
        description = "Block until something holds of a resource; also while the server starts or there is no such"
                + " resource yet. Ends early, with 1, when a person must act: the resource is stalled or suspended"
                + " without a time limit, or nothing new is followed because history or record are not trusted.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb wait serving/churn --for live=v2 --timeout 10m",
            "  plumb wait training/churn --revision $(git rev-parse HEAD)"
        })
final class WaitVerb extends Verb {
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    @Parameters(paramLabel = "KIND/NAME", description = "The resource.")
    private String resource = "";

    @Option(
            names = "--for",
            paramLabel = "ready|live=vN|CONDITION",
            description = "What should hold (default: ${DEFAULT-VALUE}).")
    private String wanted = "ready";

    @Option(
            names = "--revision",
            paramLabel = "REV",
            description = "Count only what was observed at this commit or later.")
    private @Nullable String revision;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after this time (default: 5m).")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    WaitVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ResourceId id = ResourceNames.resource(resource);
        Expected expected = Expected.parse(wanted);
        if (revision != null && Revision.parse(revision).isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + revision + "' is not a full commit id",
                    "give all forty digits, such as $(git rev-parse HEAD)");
        }
        ApiClient client = server.client(terminal());
        Instant end = context().clock().instant().plus(timeout);
        String last = "nothing answered yet";
        Look look = new Look(client, id, Optional.ofNullable(revision));
        while (true) {
            Duration left = Duration.between(context().clock().instant(), end);
            try {
                Optional<JsonNode> now = look.next(left.compareTo(LONGEST_LOOK) < 0 ? left : LONGEST_LOOK);
                Optional<String> frozen = look.frozen();
                // What is ready is so at what was followed last; a fact, or a revision that was seen, stays what it is.
                boolean late = frozen.isPresent() && revision == null && expected.newest();
                if (now.isPresent() && expected.holds(now.get()) && !late) {
                    output.show(terminal(), now.get(), each -> id + " is " + expected.words() + "\n");
                    return ExitCode.DONE;
                }
                Optional<String> person = frozen.or(() -> now.flatMap(look::person));
                if (person.isPresent()) {
                    throw new CommandException(
                            ExitCode.NO,
                            id + " is not " + expected.words() + " and waits for a person: " + person.get(),
                            "`plumb describe " + resource + "` tells more");
                }
                last = now.map(Blocked::summary).orElse(look.why());
            } catch (CommandException notYet) {
                if (!notYet.unanswered()) {
                    throw notYet;
                }
                last = notYet.text();
                Pause.of(AGAIN);
            }
            if (!context().clock().instant().isBefore(end)) {
                throw new CommandException(
                        ExitCode.TIMEOUT, id + " is not " + expected.words() + " after " + time(timeout) + ": " + last);
            }
        }
    }

    private static String time(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /**
     * What should hold.
     *
     * @param newest whether it is about what the branch asks for now
     */
    private record Expected(String words, boolean newest, Predicate<JsonNode> condition) {
        static Expected parse(String text) throws CommandException {
            if (text.equalsIgnoreCase("ready")) {
                return new Expected("ready", true, resource -> Fields.flag(resource, "ready"));
            }
            if (text.matches("live=v[1-9][0-9]*")) {
                String version = text.substring("live=".length());
                return new Expected(
                        "live with " + version,
                        false,
                        resource -> Fields.text(resource, "version").equals(version));
            }
            if (text.matches("[A-Z][A-Za-z]+")) {
                return new Expected(
                        text,
                        false,
                        resource -> Fields.list(resource, "conditions").stream()
                                .anyMatch(each -> Fields.text(each, "type").equals(text)
                                        && Fields.text(each, "status").equals("True")));
            }
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + text + "' is nothing to wait for",
                    "write ready, live=v2, or a condition such as Stalled");
        }

        boolean holds(JsonNode resource) {
            return condition.test(resource);
        }
    }

    /** Looks at one resource again and again, each time as soon as something has changed. */
    private static final class Look {
        private final ApiClient client;
        private final ResourceId id;
        private final Optional<String> revision;
        private Optional<String> generation = Optional.empty();
        private Optional<String> frozen = Optional.empty();
        private String why = "";
        private String newest = "";

        Look(ApiClient client, ResourceId id, Optional<String> revision) {
            this.client = client;
            this.id = id;
            this.revision = revision;
        }

        /** The resource as it is now, once it was observed late enough. */
        Optional<JsonNode> next(Duration wait) throws CommandException, InterruptedException {
            String query = generation
                    .map(after -> "?after=" + after + "&wait=" + Math.max(1, wait.toMillis()) + "ms")
                    .orElse("");
            JsonNode status = client.get("/api/v1/status" + query);
            generation = Fields.node(status, "generation").map(JsonNode::asString);
            newest = Fields.text(status, "revision");
            frozen = stillFrozen(status);
            Optional<JsonNode> found = Fields.list(status, "resources").stream()
                    .filter(each -> Fields.text(each, "kind").equals(id.kind().label())
                            && Fields.text(each, "name").equals(id.name()))
                    .findFirst();
            if (found.isEmpty()) {
                why = "there is no " + id + " yet";
                return found;
            }
            String observed = Fields.text(found.get(), "observedRevision");
            if (revision.isPresent() && (observed.isEmpty() || !reached(observed))) {
                why = "it was last observed at " + (observed.isEmpty() ? "no revision" : observed.substring(0, 8));
                return Optional.empty();
            }
            return found;
        }

        /** A freeze may have ended at the remote a moment ago, so the control plane looks once more before it counts. */
        private Optional<String> stillFrozen(JsonNode status) throws CommandException, InterruptedException {
            if (Blocked.frozen(status).isEmpty()) {
                return Optional.empty();
            }
            client.post("/api/v1/hint?wait=2s", Json.object());
            return Blocked.frozen(client.get("/api/v1/status"));
        }

        /** Why nothing new is followed before somebody acts. */
        Optional<String> frozen() {
            return frozen;
        }

        /** Why nothing more happens before somebody acts; what is stalled at an older revision may be mended by now. */
        Optional<String> person(JsonNode found) {
            return revision.isPresent()
                            || Fields.text(found, "observedRevision").equals(newest)
                    ? Blocked.person(found)
                    : Optional.empty();
        }

        private boolean reached(String observed) throws CommandException, InterruptedException {
            String wanted = revision.orElseThrow();
            return observed.equals(wanted)
                    || Fields.flag(client.get("/api/v1/revisions/" + observed + "?includes=" + wanted), "includes");
        }

        String why() {
            return why;
        }
    }
}
