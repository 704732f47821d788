package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the rules between specs found in each spec of one revision, with everything that they asked for it: a spec of the
 * next revision that is the same, and whose questions have the same answers there, is not judged again. Not thread-safe.
 */
public final class RuleMemory {
    private Map<ResourceId, Judged> last = new HashMap<>();

    private record Judged(Declaration declaration, List<Surroundings.Asked> asked, List<Problem> problems) {
        @SuppressWarnings("ReferenceEquality") // what was not read again is the very same object
        boolean holds(Declaration now, Surroundings around) {
            return declaration == now && asked.stream().allMatch(around::answers);
        }
    }

    /** What is wrong with these specs; what is not among them is forgotten. */
    List<Problem> check(Collection<Declaration> declarations, ReferenceRules rules, Surroundings around) {
        Map<ResourceId, Judged> now = new HashMap<>(declarations.size() * 2);
        List<Problem> problems = new ArrayList<>();
        for (Declaration declaration : declarations) {
            ResourceId id = declaration.resource().id();
            Judged known = last.get(id);
            if (known != null && known.holds(declaration, around)) {
                now.put(id, known);
                problems.addAll(known.problems());
            } else {
                around.begin();
                List<Problem> found = rules.check(declaration);
                around.asked().ifPresent(asked -> now.put(id, new Judged(declaration, asked, found)));
                problems.addAll(found);
            }
        }
        last = now;
        return problems;
    }
}
