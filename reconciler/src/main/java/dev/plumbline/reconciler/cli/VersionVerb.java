package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.session.BuildInformation;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb version}. */
@Command(
        name = "version",
        description = "Print which Plumbline this is.",
        footerHeading = "%nExample:%n",
        footer = "  plumb version -o json")
final class VersionVerb extends Verb {
    @Mixin
    final OutputOption output = new OutputOption();

    VersionVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() {
        BuildInformation build = context().build();
        String java = Runtime.version().toString();
        if (output.table()) {
            terminal().out().println("plumb " + build.version() + " (build " + build.build() + ", Java " + java + ")");
            return ExitCode.DONE;
        }
        output.show(
                terminal(),
                Json.object()
                        .put("version", build.version())
                        .put("build", build.build())
                        .put("java", java),
                Object::toString);
        return ExitCode.DONE;
    }
}
