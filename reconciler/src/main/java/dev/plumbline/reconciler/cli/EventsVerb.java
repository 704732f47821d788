package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.LedgerOptions;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.LedgerText;
import dev.plumbline.reconciler.report.EventReport;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb events}. */
@Command(
        name = "events",
        description = "Show what happened, newest first; with -f as it happens.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  plumb events -f", "  plumb events serving/churn -o json"})
final class EventsVerb extends Verb {
    private static final int MOST = 100;

    @Parameters(arity = "0..1", paramLabel = "KIND/NAME", description = "Only of this resource.")
    private @Nullable String resource;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as things happen, oldest first; with -o json one document a line.")
    private boolean follow;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    EventsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Optional<ResourceId> only = resource == null ? Optional.empty() : Optional.of(ResourceNames.resource(resource));
        String query =
                only.map(id -> "resource=" + ApiClient.part(id.toString())).orElse("");
        if (follow) {
            return follow(query);
        }
        JsonNode events = ledger.answer(
                context(), "/api/v1/events?" + query, view -> Optional.of(EventReport.of(view, only, MOST)));
        output.show(terminal(), events, document -> LedgerText.events(Fields.list(document, "events")));
        return ExitCode.DONE;
    }

    private ExitCode follow(String query) throws CommandException, InterruptedException {
        ApiClient client = ledger.client(terminal());
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.stream("/api/v1/events?follow=true&" + query), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    print(line);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNREACHABLE, "the server stopped answering", Optional.empty(), e);
        }
    }

    private void print(String line) {
        terminal()
                .out()
                .println(output.table() ? LedgerText.event(Json.read(line.getBytes(StandardCharsets.UTF_8))) : line);
    }
}
