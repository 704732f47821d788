package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.List;
import java.util.Set;

/**
 * What one file says, read from its bytes and nothing else: the same bytes under the same path always give the same
 * contents, so they can be kept by blob id. Immutable.
 *
 * @param documents how many documents of ours the file holds, sound or not
 * @param declarations the specs that fit their schema
 * @param misfits the documents that do not fit their schema, and what they name
 * @param named every spec that the file names, also those that do not fit
 * @param problems what is wrong with the file and with each spec for itself
 * @param foreign documents of other projects
 */
public record FileContents(
        String file,
        int documents,
        List<Declaration> declarations,
        List<Misfit> misfits,
        Set<ResourceId> named,
        List<Problem> problems,
        List<ForeignDocument> foreign) {
    public FileContents {
        declarations = List.copyOf(declarations);
        misfits = List.copyOf(misfits);
        named = Set.copyOf(named);
        problems = List.copyOf(problems);
        foreign = List.copyOf(foreign);
    }

    /**
     * Whether the file may declare specs that nobody can name now. What it declared before is then to be kept: a broken
     * file removes nothing.
     */
    public boolean unreadable() {
        return problems.stream()
                .anyMatch(problem -> problem.resource().isEmpty() && problem.severity() == Severity.ERROR);
    }
}
