package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a data file, or of standard input. */
final class DataText {
    private static final long LARGEST = 64L << 20;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private DataText() {}

    static String read(String name, Terminal terminal) throws CommandException {
        try {
            byte[] bytes;
            if (name.equals("-")) {
                bytes = terminal.in().readNBytes((int) LARGEST + 1);
            } else {
                Path file = terminal.resolve(Path.of(name));
                if (Files.isDirectory(file)) {
                    throw new CommandException(ExitCode.USAGE, name + " is a folder", "name a file in it");
                }
                bytes = Files.size(file) > LARGEST ? new byte[(int) LARGEST + 1] : Files.readAllBytes(file);
            }
            if (bytes.length > LARGEST) {
                throw new CommandException(
                        ExitCode.USAGE, name + " is larger than 64 MiB", "ask about a part of it at a time");
            }
            if (new String(bytes, 0, Math.min(bytes.length, 4), StandardCharsets.ISO_8859_1).equals("PAR1")) {
                throw new CommandException(
                        ExitCode.USAGE,
                        name + " is a Parquet file, and this takes CSV or JSON",
                        "write it as CSV first");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.USAGE, "there is no file " + name, Optional.empty(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, name + " cannot be read", Optional.empty(), e);
        }
    }
}
