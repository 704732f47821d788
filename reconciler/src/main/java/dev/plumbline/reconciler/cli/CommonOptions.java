package dev.plumbline.reconciler.cli;

import picocli.CommandLine.Option;

/** Flags that every verb takes. */
final class CommonOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only answers and errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more on standard error; with a bug, its stack trace.")
    boolean verbose;

    @Option(
            names = "--no-color",
            description = "No colours (also the variable NO_COLOR, and whenever output is piped).")
    boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
