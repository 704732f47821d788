package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RepositoryOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.AuditText;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.ledger.audit.AuditEntry;
import dev.plumbline.reconciler.ledger.audit.AuditTrail;
import dev.plumbline.schemas.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb audit}. */
@Command(
        name = "audit",
        description = "Show who changed what, when and why, newest first, out of the whole history of the ledger.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb audit --since 2026-11-01 --subject churn",
            "  plumb audit --actor ada@example.com --csv > trail.csv",
            "  plumb audit verify --allowed-signers keys   # nobody changed the record",
            "  plumb audit export /mnt/worm/churn          # a copy that only grows"
        })
final class AuditVerb extends Verb {
    @Option(names = "--since", paramLabel = "TIME", description = "From this day (2026-11-01) or moment (RFC 3339) on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this day or moment.")
    private @Nullable String until;

    @Option(names = "--actor", paramLabel = "TEXT", description = "Only by who is called so, in part or whole.")
    private @Nullable String actor;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Only about what is called so, in part or whole.")
    private @Nullable String subject;

    @Option(names = "--action", paramLabel = "CODE", description = "Only this action, such as promote or denied.")
    private @Nullable String action;

    @Option(
            names = "--csv",
            description = "Write comma-separated values (RFC 4180); a cell that a spreadsheet could run begins with '.")
    private boolean csv;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    private AuditVerb(Context context) {
        super(context);
    }

    /** The verb with those below it. */
    static CommandLine with(Context context) {
        return new CommandLine(new AuditVerb(context))
                .addSubcommand("verify", new AuditVerifyVerb(context))
                .addSubcommand("export", new AuditExportVerb(context));
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Instant from = since == null ? Instant.MIN : moment("--since", since);
        Instant to = until == null ? Instant.MAX : moment("--until", until);
        List<AuditEntry> entries = new ArrayList<>();
        context().providers().records(repository.folder(terminal()), repository.environment(), new AuditTrail(entry -> {
            if (!entry.at().isBefore(from) && entry.at().isBefore(to) && asked(entry)) {
                entries.add(entry);
            }
        }));
        // Entries of one moment keep the order of the records.
        List<AuditEntry> newest = entries.reversed().stream()
                .sorted(Comparator.comparing(AuditEntry::at).reversed())
                .toList();
        ObjectNode document = Json.object();
        document.set("entries", Json.tree(newest));
        if (csv) {
            terminal().out().print(AuditText.csv(Fields.list(document, "entries")));
        } else {
            output.show(terminal(), document, json -> AuditText.table(Fields.list(json, "entries")));
        }
        return ExitCode.DONE;
    }

    private boolean asked(AuditEntry entry) {
        return part(actor, entry.actor())
                && part(subject, entry.subject())
                && (action == null || entry.action().equalsIgnoreCase(action));
    }

    private static boolean part(@Nullable String asked, String text) {
        return asked == null || text.toLowerCase(Locale.ROOT).contains(asked.toLowerCase(Locale.ROOT));
    }

    private static Instant moment(String option, String text) throws CommandException {
        try {
            return text.length() == "2026-11-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new CommandException(
                    ExitCode.USAGE,
                    option + " takes a day such as 2026-11-01 or a moment such as 2026-11-01T08:30:00Z",
                    Optional.empty(),
                    wrong);
        }
    }
}
