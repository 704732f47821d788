package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All files of one revision, put together.
 *
 * @param catalog every spec that fits its schema, also those that break a rule between specs
 * @param declarations where each spec of the catalog stands
 * @param problems of all files and of all specs together, by file, line and column
 * @param named every spec that a file names, also those that do not fit their schema
 * @param unreadable files of which nobody can tell all the specs that they declare
 * @param foreign documents of other projects, which were left alone
 */
public record CatalogReading(
        Catalog catalog,
        NavigableMap<ResourceId, Declaration> declarations,
        List<Problem> problems,
        NavigableSet<ResourceId> named,
        NavigableSet<String> unreadable,
        List<ForeignDocument> foreign,
        int files,
        int documents) {
    /** Whether nothing is wrong; warnings do not count. */
    public boolean valid() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** The specs with an error of their own, to be held back together with what depends on them. */
    public NavigableSet<ResourceId> rejected() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .flatMap(problem -> problem.resource().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The problems of each spec that has one. */
    public Map<ResourceId, List<Problem>> problemsByResource() {
        return problems.stream()
                .filter(problem -> problem.resource().isPresent())
                .collect(Collectors.groupingBy(problem -> problem.resource().orElseThrow()));
    }
}
