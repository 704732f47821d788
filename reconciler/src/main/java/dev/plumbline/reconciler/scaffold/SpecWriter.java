package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;
import dev.plumbline.runtime.DataProfile;
import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.problem.Counted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** From a person's data to the files of a repository. Writes nothing itself. Thread-safe. */
public final class SpecWriter {
    private final Profiler profiler;

    /** Looks at data through this profiler. */
    public SpecWriter(Profiler profiler) {
        this.profiler = profiler;
    }

    /** Reads the whole file and writes the specs that it asks for. Blocking, interruptible. */
    public ScaffoldPlan plan(DataChoices choices) throws ScaffoldException, InterruptedException {
        InferredData data = inferred(choices);
        DataPlace place = DataPlace.of(choices.file(), data.profile().format(), choices.name());
        SortedMap<String, byte[]> files = files(data, place);
        refuseWhatCannotBeReadBack(files);
        return new ScaffoldPlan(files, message(data), warnings(data, place), notes(data));
    }

    /** What is wrong with the data is told first, and an owner who is missing with it. */
    private InferredData inferred(DataChoices choices) throws ScaffoldException, InterruptedException {
        InferredData data;
        try {
            data = ColumnInference.of(profile(choices), choices);
        } catch (ScaffoldException wrong) {
            throw choices.owner().isBlank() ? wrong.and(nobody()) : wrong;
        }
        if (choices.owner().isBlank()) {
            throw nobody();
        }
        return data;
    }

    private static ScaffoldException nobody() {
        return new ScaffoldException(
                "nobody answers for the model: Git knows no e-mail address of yours",
                "add --owner NAME-OR-ADDRESS, or run `git config --global user.email ADDRESS`");
    }

    private DataProfile profile(DataChoices choices) throws ScaffoldException, InterruptedException {
        if (Files.isDirectory(choices.file())) {
            throw new ScaffoldException(choices.file().getFileName() + " is a folder", "name a file in it by --data");
        }
        if (!Files.isRegularFile(choices.file())) {
            throw new ScaffoldException("there is no file " + choices.file().getFileName(), "correct --data");
        }
        Profiler.Options options = new Profiler.Options(choices.header(), choices.columns(), Optional.empty());
        return switch (profiler.profile(choices.file(), options)) {
            case Profiler.Profiling.Profiled profiled -> profiled.profile();
            case Profiler.Profiling.Unreadable unreadable ->
                throw new ScaffoldException(
                        choices.file().getFileName() + " cannot be used: "
                                + unreadable.problems().stream()
                                        .map(SpecWriter::sentence)
                                        .collect(Collectors.joining(" ")),
                        unreadable.problems().stream()
                                .flatMap(problem -> problem.hint().stream())
                                .collect(Collectors.joining(" ")));
        };
    }

    private static String sentence(DataProblem problem) {
        return problem.examples().isEmpty()
                ? problem.message()
                : problem.message().replaceFirst("\\.$", "") + " (" + String.join("; ", problem.examples()) + ").";
    }

    private static SortedMap<String, byte[]> files(InferredData data, DataPlace place) {
        String name = data.choices().name();
        SpecTexts specs = new SpecTexts(data);
        SortedMap<String, byte[]> files = new TreeMap<>(EditorSchemas.files());
        Map<String, String> texts = Map.of(
                "models/" + name + ".yaml",
                specs.model(),
                "datasets/" + name + ".yaml",
                new DatasetText(data, place).write(),
                "training/" + name + ".yaml",
                specs.training(),
                "serving/" + name + ".yaml",
                specs.serving(),
                "monitoring/" + name + ".yaml",
                specs.monitoring(),
                "cards/" + name + ".md",
                CardText.of(data, place),
                "README.md",
                readme(name),
                ".gitattributes",
                "# The bytes of data are left as they are.\ndata/** -text\n");
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        place.copy().ifPresent(bytes -> files.put(place.path().orElseThrow(), bytes));
        return files;
    }

    private static String readme(String name) {
        return """
            # %s

            A repository that Plumbline follows: `plumb up` on this folder trains, judges, promotes by a commit and serves what
            these files ask for.

            | file | says |
            | --- | --- |
            | `models/%s.yaml` | which model should exist |
            | `cards/%s.md` | its model card |
            | `datasets/%s.yaml` | the rows to learn from, and what they must be like |
            | `training/%s.yaml` | how it is fitted, and what it must reach |
            | `serving/%s.yaml` | which version answers; its history is the deployment history |
            | `monitoring/%s.yaml` | what is watched of the endpoint |
            """.formatted(name, name, name, name, name, name, name);
    }

    /** A mistake of ours must not reach somebody's repository. */
    private static void refuseWhatCannotBeReadBack(SortedMap<String, byte[]> files) {
        SpecReader reader = new SpecReader();
        List<FileContents> contents = files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".yaml"))
                .map(file -> reader.read(file.getKey(), file.getValue()))
                .toList();
        CatalogReading reading = reader.assemble(
                contents,
                (path, length) -> Optional.ofNullable(files.get(path))
                        .map(bytes -> Arrays.copyOf(bytes, Math.min(length, bytes.length))));
        if (!reading.problems().isEmpty()) {
            throw new IllegalStateException("wrote specs that are not valid: " + reading.problems());
        }
    }

    private static String message(InferredData data) {
        return "Start with " + data.choices().name() + "\n\nSpecs inferred from "
                + data.profile().rows() + " rows; read them before relying on them.\n";
    }

    private static List<String> warnings(InferredData data, DataPlace place) {
        List<String> warnings = new ArrayList<>();
        for (DataProfile.Column column : data.profile().columns()) {
            column.personal().ifPresent(kind -> {
                boolean read =
                        data.columns().stream().anyMatch(each -> each.name().equals(column.name()));
                warnings.add("column " + YamlScalar.of(column.name()) + " looks like "
                        + switch (kind) {
                            case NAME -> "names";
                            case EMAIL -> "e-mail addresses";
                            case PHONE -> "phone numbers";
                        }
                        + (read ? "" : "; the model does not see it")
                        + (place.copy().isPresent() ? ", but the file is committed with it" : ""));
            });
        }
        place.uri()
                .ifPresent(uri -> warnings.add(
                        "the file is larger than 10 MiB and stays where it is: data.roots in the configuration of"
                                + " `plumb up` must name a folder above it"));
        return warnings;
    }

    private static List<String> notes(InferredData data) {
        List<String> notes = new ArrayList<>();
        String label = YamlScalar.of(data.choices().label());
        int features = data.in(Role.FEATURE).size();
        notes.add(data.profile().rows() + " rows, " + Counted.of(features, "column") + " to learn "
                + label + " from: " + data.task().label()
                + data.positive()
                        .map(positive -> ", the event is " + YamlScalar.of(positive) + " (--positive says otherwise)")
                        .orElse(""));
        if (!data.profile().decimal().equals(".")) {
            notes.add("numbers are written with a comma, as in 0,5 (source.decimal)");
        }
        List<InferredColumn> identifiers = data.in(Role.IDENTIFIER);
        if (!identifiers.isEmpty()) {
            notes.add("names of rows, not learnt from: "
                    + identifiers.stream()
                            .map(each -> YamlScalar.of(each.name()))
                            .collect(Collectors.joining(", ")));
        }
        data.leftOut().forEach(each -> notes.add("left out: " + YamlScalar.of(each.name()) + " (" + each.why() + ")"));
        return notes;
    }
}
