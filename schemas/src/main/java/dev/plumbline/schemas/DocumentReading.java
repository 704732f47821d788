package dev.plumbline.schemas;

import dev.plumbline.schemas.binding.ResourceBinder;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.catalog.Misfit;
import dev.plumbline.schemas.catalog.Reference;
import dev.plumbline.schemas.catalog.SpecRules;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.validation.SchemaValidator;
import dev.plumbline.schemas.validation.Suggestions;
import dev.plumbline.schemas.validation.Violation;
import dev.plumbline.schemas.yaml.Pointers;
import dev.plumbline.schemas.yaml.PositionedDocument;
import dev.plumbline.schemas.yaml.YamlProblem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Takes one document through its stations: whose is it, what is it called, does it fit, what does it say. */
final class DocumentReading {
    private static final String API_VERSION = "plumbline.dev/v1";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

    private final PositionedDocument document;
    private final FileContentsBuilder contents;
    private final SchemaValidator validator;
    private final ResourceBinder binder;

    DocumentReading(
            PositionedDocument document,
            FileContentsBuilder contents,
            SchemaValidator validator,
            ResourceBinder binder) {
        this.document = document;
        this.contents = contents;
        this.validator = validator;
        this.binder = binder;
    }

    void read() {
        JsonNode version = document.tree().path("apiVersion");
        if (version.isString() && isForeign(version.stringValue())) {
            contents.addForeign(document.line(), version.stringValue());
            return;
        }
        contents.countDocument();
        Optional<Kind> kind = kind();
        Optional<ResourceId> id = kind.flatMap(this::id);
        id.ifPresent(contents::addName);
        document.problems().forEach(problem -> contents.addProblem(problem, id));
        if (document.complete() && isOurs(version, id) && isOfAKind(kind, id)) {
            judge(kind.orElseThrow(), id);
        }
    }

    private static boolean isForeign(String version) {
        return !version.startsWith("plumbline.dev/")
                && Suggestions.nearest(version, List.of(API_VERSION)).isEmpty();
    }

    private boolean isOurs(JsonNode version, Optional<ResourceId> id) {
        if (!document.tree().isObject()) {
            problem(
                    Pointers.ROOT,
                    "not-a-mapping",
                    "a spec is a mapping of fields",
                    "begin with apiVersion: " + API_VERSION,
                    id);
            return false;
        }
        if (version.isMissingNode()) {
            problem(
                    Pointers.ROOT,
                    "missing-field",
                    "the document lacks the field `apiVersion`",
                    "add apiVersion: " + API_VERSION + ", or name the file in .plumbignore",
                    id);
            return false;
        }
        if (!version.isString() || !version.stringValue().equals(API_VERSION)) {
            problem(
                    "/apiVersion",
                    "unsupported-api-version",
                    "this version cannot read " + version,
                    "write " + API_VERSION,
                    id);
            return false;
        }
        return true;
    }

    private boolean isOfAKind(Optional<Kind> kind, Optional<ResourceId> id) {
        if (kind.isPresent()) {
            return true;
        }
        JsonNode written = document.tree().path("kind");
        String possible = "possible: " + String.join(", ", KINDS);
        if (written.isMissingNode()) {
            problem(Pointers.ROOT, "missing-field", "the document lacks the field `kind`", possible, id);
        } else {
            String hint = Suggestions.didYouMean(written.asString(""), KINDS)
                    .map(question -> question + " (" + possible + ")")
                    .orElse(possible);
            problem("/kind", "unknown-kind", "there is no kind " + written, hint, id);
            // What calls itself a Modle is broken and not missing, so whoever names it has no problem of its own.
            contents.addMisfit(new Misfit(
                    contents.file(), meantKind().flatMap(this::id), document.places(), List.of(), Optional.empty()));
        }
        return false;
    }

    private Optional<Kind> kind() {
        return labelled(document.tree().path("kind").asString(""));
    }

    /** The kind that a misspelt one is most like. */
    private Optional<Kind> meantKind() {
        return Suggestions.nearest(document.tree().path("kind").asString(""), KINDS)
                .flatMap(DocumentReading::labelled);
    }

    private static Optional<Kind> labelled(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    private Optional<ResourceId> id(Kind kind) {
        JsonNode name = document.tree().path("metadata").path("name");
        return name.isString() && NAME.matcher(name.stringValue()).matches()
                ? Optional.of(new ResourceId(kind, name.stringValue()))
                : Optional.empty();
    }

    private void judge(Kind kind, Optional<ResourceId> id) {
        List<Violation> violations = validator.validate(kind, document.tree());
        Set<String> told =
                document.problems().stream().map(YamlProblem::pointer).collect(Collectors.toCollection(HashSet::new));
        violations.stream()
                .filter(violation -> !told.contains(violation.pointer()))
                .forEach(violation -> contents.addProblem(
                        position(violation),
                        violation.pointer(),
                        violation.code(),
                        violation.message(),
                        violation.hint(),
                        id));
        if (violations.isEmpty() && document.problems().isEmpty()) {
            ResourceBinder.Bound bound = binder.bind(contents.file(), kind, document);
            Declaration declaration = new Declaration(bound.resource(), document.places(), bound.json());
            contents.addDeclaration(declaration, SpecRules.check(declaration));
        } else {
            violations.stream().map(Violation::pointer).forEach(told::add);
            List<Reference> sound = Reference.in(kind, document.tree()).stream()
                    .filter(reference -> !told.contains(reference.pointer()))
                    .toList();
            contents.addMisfit(new Misfit(contents.file(), id, document.places(), sound, algorithm(kind)));
        }
    }

    private Optional<Algorithm> algorithm(Kind kind) {
        String label = document.tree().at("/spec/trainer/algorithm").asString("");
        return Arrays.stream(Algorithm.values())
                .filter(each -> kind == Kind.TRAINING && each.label().equals(label))
                .findFirst();
    }

    private Position position(Violation violation) {
        return violation.atKey()
                ? document.places().keyAt(violation.pointer())
                : document.places().valueAt(violation.pointer());
    }

    private void problem(String pointer, String code, String message, String hint, Optional<ResourceId> id) {
        contents.addProblem(document.places().valueAt(pointer), pointer, code, message, Optional.of(hint), id);
    }
}
