package dev.plumbline.schemas;

import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.catalog.ForeignDocument;
import dev.plumbline.schemas.catalog.Misfit;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import dev.plumbline.schemas.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what the documents of one file give. */
final class FileContentsBuilder {
    private final String file;
    private final List<Declaration> declarations = new ArrayList<>();
    private final List<Misfit> misfits = new ArrayList<>();
    private final Set<ResourceId> named = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<ForeignDocument> foreign = new ArrayList<>();
    private int documents;

    FileContentsBuilder(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    void countDocument() {
        documents++;
    }

    void addForeign(int line, String apiVersion) {
        foreign.add(new ForeignDocument(file, line, apiVersion));
    }

    void addName(ResourceId id) {
        named.add(id);
    }

    void addDeclaration(Declaration declaration, List<Problem> found) {
        declarations.add(declaration);
        problems.addAll(found);
    }

    void addMisfit(Misfit misfit) {
        misfits.add(misfit);
    }

    void addFileProblem(YamlProblem problem) {
        addProblem(problem, Optional.empty());
    }

    void addProblem(YamlProblem problem, Optional<ResourceId> resource) {
        addProblem(problem.position(), problem.pointer(), problem.code(), problem.message(), problem.hint(), resource);
    }

    void addProblem(
            Position at,
            String pointer,
            String code,
            String message,
            Optional<String> hint,
            Optional<ResourceId> resource) {
        problems.add(new Problem(file, at.line(), at.column(), pointer, code, Severity.ERROR, message, hint, resource));
    }

    FileContents build() {
        return new FileContents(file, documents, declarations, misfits, named, problems, foreign);
    }
}
