package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.session.UpOptions;
import dev.plumbline.reconciler.scaffold.LocalOrigin;
import dev.plumbline.reconciler.source.remote.Remote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The repository that {@code up} follows.
 *
 * @param bare the bare repository, when it lies on this machine
 * @param made whether it is one that we made
 */
record Followed(Remote remote, Optional<Path> bare, boolean made) {
    private static final String DEMO = "demo";

    /** What the operator named: a URL, a folder, or nothing for the demo. */
    static Followed of(UpOptions options, Terminal terminal) throws CommandException {
        Path demo = terminal.resolve(Path.of(DEMO));
        if (options.target().isEmpty() && !Files.exists(demo)) {
            Demo.make(demo, terminal);
        }
        return existing(options.target(), options.branch(), terminal);
    }

    /** The same, where nothing is to be made for it. */
    static Followed existing(Optional<String> named, String branch, Terminal terminal) throws CommandException {
        String target = named.orElse(DEMO);
        if (named.isPresent() && isUrl(target)) {
            return new Followed(remote(target, terminal), Optional.empty(), false);
        }
        Path folder = terminal.resolve(Path.of(target));
        try {
            LocalOrigin.Origin origin = LocalOrigin.of(folder, branch);
            if (origin.made()) {
                terminal.err()
                        .println("made               " + folder.getFileName() + ".git, a bare repository beside "
                                + folder.getFileName() + ", as its remote origin");
            }
            boolean ours = origin.made()
                    || origin.bare()
                            .filter(bare -> bare.equals(folder.resolveSibling(folder.getFileName() + ".git")))
                            .isPresent();
            return new Followed(remote(origin.remote(), terminal), origin.bare(), ours);
        } catch (LocalOrigin.Unfit unfit) {
            throw new CommandException(ExitCode.USAGE, unfit.getMessage());
        }
    }

    /** The remote of the repository that one stands in, or of the demo beside; nothing is made. */
    static Optional<Remote> here(Terminal terminal) throws CommandException {
        // Whoever stands beside the demo means that, and not the repository around it.
        Optional<LocalOrigin.Origin> origin = LocalOrigin.present(terminal.resolve(Path.of(DEMO)));
        for (Path each = terminal.directory(); each != null && origin.isEmpty(); each = each.getParent()) {
            origin = LocalOrigin.present(each);
        }
        return origin.isEmpty()
                ? Optional.empty()
                : Optional.of(remote(origin.get().remote(), terminal));
    }

    private static boolean isUrl(String target) {
        return target.contains("://") || target.matches("[^/]+@[^/]+:.*");
    }

    private static Remote remote(String text, Terminal terminal) throws CommandException {
        try {
            return Remote.parse(text, terminal.directory());
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }
}
