package dev.plumbline.reconciler.cli.option;

import picocli.CommandLine.Option;

/** Which folder of a repository is meant, where several environments share it. */
public final class RootOption {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The folder of the repository that holds the specs, as 'plumb up' was told.")
    private String folder = "";

    /** The folder from the top of the repository, as it was typed; empty for the whole repository. */
    public String folder() {
        return folder;
    }
}
