package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RepositoryOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.AuditText;
import dev.plumbline.reconciler.ledger.audit.AuditExport;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
            "  plumb audit verify --export /mnt/worm/churn   # a copy, without any repository"
        })
final class AuditVerifyVerb extends Verb {
    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "Whose keys are trusted, as ssh-keygen reads it (default: signatures are not looked at).")
    private @Nullable Path allowedSigners;

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
        RecordVerification verification = export == null ? ledger() : exported(export);
        Optional<RecordVerification.Fault> fault = verification.fault();
        ObjectNode json = Json.object()
                .put("intact", fault.isEmpty())
                .put("records", verification.records())
                .put("unsealed", verification.unsealed());
        if (export == null) {
            json.put("checkpoints", verification.checkpoints()).put("signatures", allowedSigners != null);
        }
        fault.ifPresent(first -> json.putObject("fault")
                .put("record", first.number())
                .put("commit", first.commit())
                .put("message", first.message()));
        output.show(terminal(), json, AuditText::verification);
        return fault.isEmpty() ? ExitCode.DONE : ExitCode.NO;
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
