package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.ledger.LedgerView;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What verbs that list a ledger's records of one model, or of all, have in common. */
public final class ModelListing {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    /**
     * Shows the records.
     *
     * @param records what the API and its answer call them
     * @param local makes the same answer of a ledger
     * @param table writes them for people
     */
    public ExitCode show(
            Context context,
            String records,
            BiFunction<LedgerView, Optional<String>, JsonNode> local,
            Function<List<JsonNode>, String> table)
            throws CommandException, InterruptedException {
        Optional<String> only = Optional.ofNullable(model);
        JsonNode answer = ledger.answer(
                context,
                "/api/v1/" + records
                        + only.map(name -> "?model=" + ApiClient.part(name)).orElse(""),
                view -> Optional.of(local.apply(view, only)));
        output.show(context.terminal(), answer, document -> table.apply(Fields.list(document, records)));
        return ExitCode.DONE;
    }
}
