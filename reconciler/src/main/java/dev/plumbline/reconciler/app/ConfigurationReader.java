package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.control.Loop;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.FetchLimits;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.yaml.YamlProblem;
import dev.plumbline.schemas.yaml.YamlReader;
import dev.plumbline.schemas.yaml.YamlReading;
import dev.plumbline.webhooks.Forge;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads the configuration file, over which {@code PLUMBLINE_…} variables win: {@code git.tokenFile} is
 * {@code PLUMBLINE_GIT_TOKENFILE}. An unknown key is an error, so that a misspelt one never goes unnoticed.
 */
final class ConfigurationReader {
    private static final String PERIOD = "reconcile.period";
    private static final Set<String> TEXTS = Set.of(
            "git.username",
            "git.tokenFile",
            "git.sshKeyFile",
            "git.knownHostsFile",
            "git.authorName",
            "git.authorEmail",
            "git.signingKeyFile",
            "git.allowedSignersFile",
            "auth.tokensFile",
            "limits.fetchSize",
            "limits.objectSize",
            PERIOD,
            Policies.ENGINE,
            Policies.URL,
            Policies.TOKEN,
            Policies.AUTHORITIES,
            Policies.SIGNING_KEY,
            Notifications.URL,
            Notifications.SECRET,
            TrainingCapacity.RUNS,
            TrainingCapacity.CPU,
            TrainingCapacity.MEMORY,
            Webhooks.REPOSITORY,
            Forge.GITHUB.secretKey(),
            Forge.GITLAB.secretKey(),
            Forge.GITEA.secretKey(),
            Forge.GENERIC.secretKey());
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
    private static final String ROOTS = "data.roots";

    private final Map<String, String> environment;
    private final Path directory;

    ConfigurationReader(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    Configuration read(Optional<Path> file) throws CommandException {
        Map<String, String> texts = new TreeMap<>();
        List<String> roots = new ArrayList<>();
        if (file.isPresent()) {
            for (Map.Entry<String, JsonNode> section : parse(file.get()).properties()) {
                if (!section.getValue().isObject()) {
                    throw wrong(file.get(), "the key " + section.getKey() + " must hold keys of its own");
                }
                for (Map.Entry<String, JsonNode> entry : section.getValue().properties()) {
                    take(section.getKey() + "." + entry.getKey(), entry.getValue(), file.get(), texts, roots);
                }
            }
        }
        TEXTS.forEach(key -> variable(key).ifPresent(value -> texts.put(key, value)));
        variable(ROOTS).ifPresent(value -> {
            roots.clear();
            roots.addAll(List.of(value.split(File.pathSeparator)));
        });
        return configuration(texts, roots);
    }

    private JsonNode parse(Path file) throws CommandException {
        try {
            YamlReading reading = new YamlReader().read(Files.readAllBytes(file));
            Optional<YamlProblem> problem = Stream.concat(
                            reading.problems().stream(),
                            reading.documents().stream().flatMap(each -> each.problems().stream()))
                    .findFirst();
            if (problem.isPresent()) {
                throw wrong(
                        file,
                        "line " + problem.get().position().line() + ": "
                                + problem.get().message());
            }
            if (reading.documents().size() != 1
                    || !reading.documents().getFirst().tree().isObject()) {
                throw wrong(file, "it must hold one YAML document with keys");
            }
            return reading.documents().getFirst().tree();
        } catch (IOException failure) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the configuration file " + file.getFileName() + " cannot be read",
                    Optional.empty(),
                    failure);
        }
    }

    private static void take(String key, JsonNode value, Path file, Map<String, String> texts, List<String> roots)
            throws CommandException {
        if (key.equals(ROOTS) && value.isArray()) {
            value.forEach(each -> roots.add(each.asString()));
        } else if (TEXTS.contains(key) && value.isValueNode()) {
            texts.put(key, value.asString());
        } else {
            throw wrong(file, "it has no key " + key + " of this form; there are " + String.join(", ", keys()));
        }
    }

    /** Every key that there is, in order. */
    static List<String> keys() {
        List<String> keys = new ArrayList<>(TEXTS);
        keys.add(ROOTS);
        return keys.stream().sorted().toList();
    }

    private static CommandException wrong(Path file, String why) {
        return new CommandException(
                ExitCode.USAGE, "the configuration file " + file.getFileName() + " cannot be used: " + why);
    }

    private Optional<String> variable(String key) {
        String name = "PLUMBLINE_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private Configuration configuration(Map<String, String> texts, List<String> roots) throws CommandException {
        Committer usual = Committer.standard();
        return new Configuration(
                new GitCredentials(
                        Optional.ofNullable(texts.get("git.username")),
                        path(texts, "git.tokenFile"),
                        path(texts, "git.sshKeyFile"),
                        path(texts, "git.knownHostsFile")),
                new Committer(
                        texts.getOrDefault("git.authorName", usual.name()),
                        texts.getOrDefault("git.authorEmail", usual.email()),
                        signing(path(texts, "git.signingKeyFile"), path(texts, "git.allowedSignersFile"))),
                roots.stream().map(directory::resolve).map(Path::normalize).toList(),
                TrainingCapacity.of(texts),
                path(texts, "auth.tokensFile"),
                webhooks(texts),
                fetchLimits(texts),
                period(texts),
                Policies.of(texts, directory::resolve),
                Notifications.of(texts, directory::resolve, Clock.systemUTC()));
    }

    private static CommitSigning signing(Optional<Path> key, Optional<Path> allowed) throws CommandException {
        if (key.isEmpty() && allowed.isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "git.allowedSignersFile says whose commits are trusted, but without git.signingKeyFile none is checked",
                    "name a key as git.signingKeyFile too");
        }
        try {
            return key.isPresent() ? CommitSigning.with(key.get(), allowed, Clock.systemUTC()) : CommitSigning.none();
        } catch (SigningException unusable) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(unusable.getMessage()));
        }
    }

    private Webhooks webhooks(Map<String, String> texts) throws CommandException {
        Map<Forge, Path> files = new EnumMap<>(Forge.class);
        for (Forge forge : Forge.values()) {
            path(texts, forge.secretKey()).ifPresent(file -> files.put(forge, file));
        }
        return Webhooks.open(files, Optional.ofNullable(texts.get(Webhooks.REPOSITORY)), Clock.systemUTC());
    }

    private Optional<Path> path(Map<String, String> texts, String key) {
        return Optional.ofNullable(texts.get(key)).map(directory::resolve);
    }

    private static FetchLimits fetchLimits(Map<String, String> texts) throws CommandException {
        FetchLimits usual = FetchLimits.standard();
        return new FetchLimits(
                size("limits.fetchSize", texts, usual.packBytes()),
                size("limits.objectSize", texts, usual.objectBytes()),
                usual.time());
    }

    private static Duration period(Map<String, String> texts) throws CommandException {
        String text = texts.get(PERIOD);
        if (text == null) {
            return Loop.Pace.PERIOD;
        }
        return Durations.parse(text)
                .filter(each -> each.compareTo(SHORTEST_PERIOD) >= 0)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, PERIOD + " is a time of at least a second, such as 30s or 5m, not " + text));
    }

    private static long size(String key, Map<String, String> texts, long otherwise) throws CommandException {
        String text = texts.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,5}(Mi|Gi)")) {
            throw new CommandException(ExitCode.USAGE, key + " is a size such as 64Mi or 2Gi, not " + text);
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 2));
        return amount << (text.endsWith("Mi") ? 20 : 30);
    }
}
