package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RepositoryOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.AuditText;
import dev.plumbline.reconciler.ledger.audit.AcceptedFaults;
import dev.plumbline.reconciler.ledger.audit.AuditExport;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb audit verify}. */
@Command(
        name = "verify",
        description =
                "Check that nobody changed the record: every record against the links of the chain, every signature"
                        + " against the keys that you trust, and every checkpoint.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb audit verify --allowed-signers keys",
            "  plumb audit verify --allowed-signers keys --accepted audit/accepted",
            "  plumb audit verify --export /mnt/worm/churn   # a copy, without any repository"
        })
final class AuditVerifyVerb extends Verb {
    /** Of a ledger that was written anew every record is at fault. */
    private static final int NAMED = 20;

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "Whose keys are trusted, as ssh-keygen reads it (default: signatures are not looked at).")
    private @Nullable Path allowedSigners;

    @Option(
            names = "--accepted",
            paramLabel = "FILE",
            description = "Faults to take as they are: lines of a record's full id and a reason; ..ID takes what that"
                    + " record follows, too.")
    private @Nullable Path accepted;

    @Option(names = "--export", paramLabel = "DIR", description = "Check what was exported there, and no ledger.")
    private @Nullable Path export;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    AuditVerifyVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (export != null && allowedSigners != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "an export holds no signatures",
                    "check the ledger itself with --allowed-signers, or the export without");
        }
        AcceptedFaults list = accepted == null ? AcceptedFaults.none() : accepted(accepted);
        RecordVerification verification = export == null ? ledger() : exported(export);
        AcceptedFaults.Judged judged = list.judge(verification);
        ObjectNode json = Json.object()
                .put("intact", verification.faults().isEmpty())
                .put("records", verification.records())
                .put("unsealed", verification.unsealed());
        if (export == null) {
            json.put("checkpoints", verification.checkpoints()).put("signatures", allowedSigners != null);
        }
        faults(json, judged.open());
        ArrayNode lines = json.putArray("accepted");
        judged.accepted()
                .forEach((line, faults) -> faults(
                        lines.addObject()
                                .put("commit", line.commit())
                                .put("before", line.before())
                                .put("reason", line.reason()),
                        faults));
        output.show(terminal(), json, AuditText::verification);
        return judged.open().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    /** How many there are, and the first of them. */
    private static void faults(ObjectNode json, List<RecordVerification.Fault> faults) {
        json.put("faults", faults.size());
        ArrayNode first = json.putArray("first");
        faults.stream()
                .limit(NAMED)
                .forEach(fault -> first.addObject()
                        .put("record", fault.number())
                        .put("commit", fault.commit())
                        .put("message", fault.message()));
    }

    private AcceptedFaults accepted(Path file) throws CommandException {
        try {
            return AcceptedFaults.read(terminal().resolve(file));
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    file + " is no list of accepted faults that can be read: " + unreadable.getMessage(),
                    Optional.of("docs/audit.md shows one"),
                    unreadable);
        }
    }

    private RecordVerification ledger() throws CommandException, InterruptedException {
        return context()
                .providers()
                .verified(
                        repository.folder(terminal()),
                        repository.environment(),
                        Optional.ofNullable(allowedSigners).map(terminal()::resolve));
    }

    private RecordVerification exported(Path folder) throws CommandException {
        try {
            return AuditExport.verified(terminal().resolve(folder));
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    folder + " holds no export that can be read: " + unreadable.getMessage(),
                    Optional.empty(),
                    unreadable);
        }
    }
}
