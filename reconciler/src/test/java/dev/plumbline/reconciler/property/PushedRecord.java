package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** What was pushed of the record stays part of it; what others put on its branch need not. */
final class PushedRecord {
    private final Set<String> strange = new HashSet<>();
    private Optional<String> head = Optional.empty();

    /** A commit that is no part of the record. */
    void strange(String commit) {
        strange.add(commit);
    }

    void look(Origin origin) throws IOException {
        Optional<String> now = origin.ledgerHead();
        if (now.isEmpty() || now.equals(head) || strange.contains(now.get())) {
            return;
        }
        if (head.isPresent()) {
            try (RevWalk walk = new RevWalk(origin.repository().git())) {
                assertThat(walk.isMergedInto(
                                walk.parseCommit(ObjectId.fromString(head.get())),
                                walk.parseCommit(ObjectId.fromString(now.get()))))
                        .as("the record at the remote goes on from what it was")
                        .isTrue();
            }
        }
        head = now;
    }
}
