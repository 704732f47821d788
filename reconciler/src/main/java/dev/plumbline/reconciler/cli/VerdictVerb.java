package dev.plumbline.reconciler.cli;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Replay;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RepositoryOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Differences;
import dev.plumbline.reconciler.cli.text.Differences.Difference;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.reconciler.cli.text.VerdictText;
import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.report.VerdictReport;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb verdict}. */
@Command(
        name = "verdict",
        description = "Show what a gate answered with all that it saw, judge it once more, or compare two answers.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb verdict show 4f1c9a",
            "  plumb verdict replay 4f1c9a          # the same bytes come out, or the exit code is 1",
            "  plumb verdict diff 4f1c9a 77ab01     # what was other"
        })
final class VerdictVerb extends Verb {
    private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{6,64}");

    /** What is to be done with it. */
    enum Deed {
        SHOW,
        REPLAY,
        DIFF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "show|replay|diff", description = "What to do.")
    private Deed deed = Deed.SHOW;

    @Parameters(
            index = "1..*",
            arity = "1..2",
            paramLabel = "ID",
            description = "The verdict; its first digits are enough.")
    private List<String> ids = List.of();

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "The state folder whose artifacts hold former rules (default: the usual one of the repository).")
    private @Nullable Path state;

    @Mixin
    private final OutputOption output = new OutputOption();

    VerdictVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (ids.size() != (deed == Deed.DIFF ? 2 : 1)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    deed == Deed.DIFF ? "two verdicts are compared" : "one verdict at a time",
                    "plumb verdict " + deed + (deed == Deed.DIFF ? " ID ID" : " ID"));
        }
        return switch (deed) {
            case SHOW -> show(found(ids.getFirst()));
            case REPLAY -> replay(found(ids.getFirst()));
            case DIFF -> differ(found(ids.getFirst()), found(ids.getLast()));
        };
    }

    private ArchivedVerdict found(String id) throws CommandException, InterruptedException {
        if (!ID.matcher(id).matches()) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + id + "' is not a verdict's id", "give its first 6 digits or more");
        }
        return context()
                .providers()
                .verdict(repository.folder(terminal()), repository.environment(), id.replaceFirst("^sha256:", ""));
    }

    private ExitCode show(ArchivedVerdict verdict) {
        output.show(terminal(), whole(verdict), VerdictText::of);
        return ExitCode.DONE;
    }

    private static ObjectNode whole(ArchivedVerdict verdict) {
        ObjectNode json = VerdictReport.of(verdict.entry());
        verdict.evidence().ifPresent(evidence -> json.set("evidence", evidence));
        verdict.policies().ifPresent(policies -> json.set("organisation", policies));
        return json;
    }

    private ExitCode replay(ArchivedVerdict verdict) throws CommandException {
        ObjectNode recorded = verdict.entry().verdict();
        Digest policy = new Digest(recorded.path("policy").asString());
        PolicyEngine rules =
                context().providers().rules(policy, Optional.ofNullable(state), repository.environment(), terminal());
        Replay replay = Optional.of(rules)
                .filter(each ->
                        verdict.evidence().isPresent() && verdict.policies().isPresent())
                .flatMap(each -> Replay.of(
                        each,
                        recorded,
                        verdict.evidence().orElseThrow(),
                        verdict.policies().orElseThrow()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.NO,
                        "the verdict was recorded by a version of Plumbline that did not keep what the rules saw",
                        "judge anew: a new version of the model, or a change of the spec, gets a verdict that can be"
                                + " replayed"));
        List<Difference> differences = Differences.between(replay.recorded(), replay.again());
        ObjectNode json = Json.object()
                .put("id", recorded.path("id").asString())
                .put("policy", policy.value())
                .put("same", replay.same())
                .put("recorded", Json.digest(replay.recorded()).value())
                .put("again", Json.digest(replay.again()).value());
        json.set("differences", listed(differences));
        output.show(
                terminal(),
                json,
                _ -> replay.same()
                        ? "the same bytes came out: " + Json.digest(replay.again()) + "\n"
                        : "other bytes came out:\n" + lines(differences));
        return replay.same() ? ExitCode.DONE : ExitCode.NO;
    }

    private ExitCode differ(ArchivedVerdict one, ArchivedVerdict other) {
        List<Difference> differences = Differences.between(whole(one), whole(other));
        ObjectNode json = Json.object();
        json.set("differences", listed(differences));
        output.show(terminal(), json, _ -> differences.isEmpty() ? "they are the same\n" : lines(differences));
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private static ArrayNode listed(List<Difference> differences) {
        ArrayNode list = Json.array();
        for (Difference difference : differences) {
            ObjectNode each = list.addObject().put("pointer", difference.pointer());
            put(each, "before", difference.before());
            put(each, "after", difference.after());
        }
        return list;
    }

    private static void put(ObjectNode json, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            json.set(name, value);
        }
    }

    private static String lines(List<Difference> differences) {
        return differences.stream()
                .map(each -> each.pointer() + ": " + said(each.before()) + " -> " + said(each.after()) + "\n")
                .collect(Collectors.joining());
    }

    private static String said(JsonNode value) {
        return value.isMissingNode() ? "nothing" : TableText.printable(Json.line(value));
    }
}
