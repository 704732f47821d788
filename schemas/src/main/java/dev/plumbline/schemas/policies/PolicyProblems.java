package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import dev.plumbline.schemas.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is wrong with one file of policy data. Not thread-safe. */
final class PolicyProblems {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    PolicyProblems(String file) {
        this.file = file;
    }

    void add(YamlProblem problem) {
        add(problem.position(), problem.pointer(), problem.code(), problem.message(), problem.hint());
    }

    void add(Position position, String pointer, String code, String message, Optional<String> hint) {
        problems.add(new Problem(
                file,
                position.line(),
                position.column(),
                pointer,
                code,
                Severity.ERROR,
                message,
                hint,
                Optional.empty()));
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
