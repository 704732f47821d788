package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RepositoryOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.ledger.audit.AuditExport;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb audit export}. */
@Command(
        name = "export",
        description =
                "Copy the records that are new into a folder, as a file of JSON lines that is never changed again.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb audit export /mnt/worm/churn")
final class AuditExportVerb extends Verb {
    @Parameters(paramLabel = "DIR", description = "The folder; it is made when there is none.")
    private @Nullable Path folder;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    AuditExportVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Path target = terminal().resolve(Objects.requireNonNull(folder));
        try (AuditExport export = AuditExport.into(target)) {
            context().providers().records(repository.folder(terminal()), repository.environment(), export);
            long records = export.finish();
            output.show(
                    terminal(),
                    Json.object().put("records", records),
                    _ -> records == 0 ? "nothing is new\n" : records + " records exported\n");
            return ExitCode.DONE;
        } catch (AuditExport.Rewritten rewritten) {
            throw new CommandException(
                    ExitCode.NO,
                    String.valueOf(rewritten.getMessage()),
                    Optional.of("`plumb audit verify` names the first record that is not what it was"),
                    rewritten);
        } catch (IOException failed) {
            throw new CommandException(
                    ExitCode.UNREACHABLE, "nothing was exported: " + failed.getMessage(), Optional.empty(), failed);
        }
    }
}
