package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the files of one revision together and applies the rules between their specs. Pure but for the lookup of files. */
public final class CatalogAssembly {
    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::pointer)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    private final List<FileContents> files;
    private final NavigableMap<ResourceId, List<Declaration>> declared = new TreeMap<>();
    private final NavigableSet<ResourceId> named = new TreeSet<>();
    private final NavigableSet<String> unreadable = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<ForeignDocument> foreign = new ArrayList<>();

    private CatalogAssembly(Collection<FileContents> files) {
        this.files =
                files.stream().sorted(Comparator.comparing(FileContents::file)).toList();
    }

    /**
     * The catalog of these files, and everything that is wrong with them.
     *
     * @param memory of an earlier revision; from now on of this one
     */
    public static CatalogReading of(Collection<FileContents> files, FileLookup lookup, RuleMemory memory) {
        return new CatalogAssembly(files).reading(lookup, memory);
    }

    private CatalogReading reading(FileLookup lookup, RuleMemory memory) {
        files.forEach(this::collect);
        declared.values().stream().filter(same -> same.size() > 1).forEach(this::reportTwins);
        NavigableMap<ResourceId, Declaration> first = new TreeMap<>();
        declared.forEach((id, same) -> first.put(id, same.getFirst()));
        Catalog catalog =
                Catalog.of(first.values().stream().map(Declaration::resource).toList());
        Surroundings around = new Surroundings(catalog, meant(), unreadable, lookup);
        ReferenceRules rules = new ReferenceRules(around);
        problems.addAll(memory.check(first.values(), rules, around));
        misfits().forEach(misfit -> report(misfit, rules.check(misfit)));
        problems.sort(ORDER);
        return new CatalogReading(
                catalog,
                Collections.unmodifiableNavigableMap(first),
                List.copyOf(problems),
                Collections.unmodifiableNavigableSet(named),
                Collections.unmodifiableNavigableSet(unreadable),
                List.copyOf(foreign),
                files.size(),
                files.stream().mapToInt(FileContents::documents).sum());
    }

    /** Of an algorithm that is wrong itself, no parameter can be right: that they are unknown says nothing more. */
    private void report(Misfit misfit, List<Problem> found) {
        if (found.stream().anyMatch(problem -> problem.code().equals(TaskRules.ALGORITHM))) {
            problems.removeIf(problem -> problem.file().equals(misfit.file())
                    && problem.resource().equals(misfit.id())
                    && problem.pointer().startsWith("/spec/trainer/parameters"));
        }
        problems.addAll(found);
    }

    private Stream<Misfit> misfits() {
        return files.stream().flatMap(contents -> contents.misfits().stream());
    }

    /** Every spec that somebody may have meant to declare: a reference to one that is broken is not wrong itself. */
    private Set<ResourceId> meant() {
        return Stream.concat(named.stream(), misfits().flatMap(misfit -> misfit.id().stream()))
                .collect(Collectors.toSet());
    }

    private void collect(FileContents contents) {
        contents.declarations()
                .forEach(declaration -> declared.computeIfAbsent(
                                declaration.resource().id(), id -> new ArrayList<>(1))
                        .add(declaration));
        named.addAll(contents.named());
        problems.addAll(contents.problems());
        foreign.addAll(contents.foreign());
        if (contents.unreadable()) {
            unreadable.add(contents.file());
        }
    }

    private void reportTwins(List<Declaration> same) {
        for (Declaration declaration : same) {
            Resource resource = declaration.resource();
            Resource other = same.stream()
                    .map(Declaration::resource)
                    .filter(each -> !each.equals(resource))
                    .findFirst()
                    .orElseThrow();
            Position at = declaration.places().valueAt("/metadata/name");
            problems.add(new Problem(
                    resource.file(),
                    at.line(),
                    at.column(),
                    "/metadata/name",
                    "duplicate-resource",
                    Severity.ERROR,
                    resource.id() + " is declared twice: also in " + other.file() + ":" + other.line(),
                    Optional.of(
                            "rename or remove one of the two; where each folder is an environment of its own, name one"
                                    + " with --root"),
                    Optional.of(resource.id())));
        }
    }
}
