package dev.plumbline.reconciler.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that an operator trusts, from a file in the form of {@code allowed_signers} (ssh-keygen(1)). Lines with keys of
 * other types than Ed25519, and certificate authorities, allow nobody here.
 */
final class AllowedSigners {
    private static final long LARGEST = 1 << 20;

    /** Who, then options if there are any, then type and key; a value in quotes may hold blanks. */
    private static final Pattern LINE = Pattern.compile(
            "(?<who>\"[^\"]*\"|\\S+)\\s+(?:(?<options>[a-z-]+(?:=\"[^\"]*\")?(?:,[a-z-]+(?:=\"[^\"]*\")?)*)\\s+)?(?<type>[A-Za-z0-9@.-]+)\\s+"
                    + "(?<key>[A-Za-z0-9+/=]+)(?:\\s.*)?");

    private static final Pattern OPTION = Pattern.compile("(?<name>[a-z-]+)(?:=\"(?<value>[^\"]*)\")?");

    private final List<Signer> signers;

    private AllowedSigners(List<Signer> signers) {
        this.signers = signers;
    }

    private record Signer(String who, PublicKey key, Instant from, Instant until) {}

    static AllowedSigners nobody() {
        return new AllowedSigners(List.of());
    }

    static AllowedSigners read(Path file) throws SigningException {
        try {
            if (Files.size(file) > LARGEST) {
                throw unusable("it is larger than 1 MiB");
            }
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            if (unreadable instanceof SigningException known) {
                throw known;
            }
            throw unusable("it cannot be read");
        }
    }

    private static AllowedSigners parse(List<String> lines) throws SigningException {
        List<Signer> signers = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                signer(line, index + 1).ifPresent(signers::add);
            }
        }
        return new AllowedSigners(signers);
    }

    private static Optional<Signer> signer(String line, int number) throws SigningException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw unusable("line " + number + " is not of the form WHO [OPTIONS] TYPE KEY");
        }
        if (!parts.group("type").equals(PublicKey.TYPE)) {
            return Optional.empty();
        }
        try {
            PublicKey key = PublicKey.read(Base64.getDecoder().decode(parts.group("key")));
            return limited(
                    parts.group("who").replace("\"", ""), key, Optional.ofNullable(parts.group("options")), number);
        } catch (IllegalArgumentException | WireReader.Malformed broken) {
            throw unusable("the key of line " + number + " cannot be read");
        }
    }

    private static Optional<Signer> limited(String who, PublicKey key, Optional<String> options, int number)
            throws SigningException {
        Instant from = Instant.MIN;
        Instant until = Instant.MAX;
        Matcher option = OPTION.matcher(options.orElse(""));
        while (option.find()) {
            String value = Optional.ofNullable(option.group("value")).orElse("");
            switch (option.group("name").toLowerCase(Locale.ROOT)) {
                case "namespaces" -> {
                    // A pattern that forbids is not read, so a line that has one allows nothing.
                    List<String> names = List.of(value.split(","));
                    if (names.stream().anyMatch(each -> each.startsWith("!"))
                            || names.stream().noneMatch(each -> each.equals("git") || each.equals("*"))) {
                        return Optional.empty();
                    }
                }
                case "valid-after" -> from = time(value, number);
                case "valid-before" -> until = time(value, number);
                case "cert-authority" -> {
                    return Optional.empty();
                }
                default -> throw unusable("line " + number + " has the unknown option " + option.group("name"));
            }
        }
        return Optional.of(new Signer(who, key, from, until));
    }

    private static Instant time(String text, int number) throws SigningException {
        boolean universal = text.endsWith("Z");
        String digits = universal ? text.substring(0, text.length() - 1) : text;
        try {
            if (!digits.matches("[0-9]{8}([0-9]{4}([0-9]{2})?)?")) {
                throw new DateTimeException("not of this form");
            }
            return LocalDateTime.parse(
                            digits + "000000".substring(digits.length() - 8),
                            DateTimeFormatter.ofPattern("yyyyMMddHHmmss"))
                    .atZone(universal ? ZoneOffset.UTC : ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException wrong) {
            throw unusable("line " + number + " has a time that is not written YYYYMMDD[HHMM[SS]][Z]");
        }
    }

    /** Whether somebody of the list may sign with this key at this time. */
    boolean allow(PublicKey key, Instant at) {
        return signers.stream()
                .anyMatch(signer ->
                        signer.key().equals(key) && !at.isBefore(signer.from()) && at.isBefore(signer.until()));
    }

    /** Whether the key is in the list, but not at this time. */
    Optional<String> lapsed(PublicKey key, Instant at) {
        return signers.stream()
                .filter(signer -> signer.key().equals(key) && !allow(key, at))
                .map(Signer::who)
                .findFirst();
    }

    private static SigningException unusable(String why) {
        return new SigningException(
                "The file of allowed signers (git.allowedSignersFile, or --allowed-signers) cannot be used: " + why
                        + ".");
    }
}
