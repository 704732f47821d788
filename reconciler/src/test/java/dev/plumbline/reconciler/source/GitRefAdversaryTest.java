package dev.plumbline.reconciler.source;

import static dev.plumbline.reconciler.source.AdversaryBed.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.reconciler.source.git.GitSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of branches, tags and objects that mean something else. */
final class GitRefAdversaryTest {
    @TempDir
    Path folder;

    private AdversaryBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new AdversaryBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=touch x",
                "-x",
                "a..b",
                "@{-1}",
                "a b",
                "a~1",
                "a^{}",
                "a:b",
                "*",
                "",
                "a\u0000",
                "a/",
                "x.lock"
            })
    void followsNoBranchThatGitAllowsNone(String branch) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitSource(bed.mirror, branch, ""));
    }

    @Test
    void aTagOfTheSameNameIsNotTheBranch() throws Exception {
        String next = bed.repository.commit("Next", "a.yaml", "b");
        bed.repository.commit("side", "Elsewhere", Map.of("a.yaml", Optional.of(bytes("tag"))));
        bed.set("refs/tags/main", bed.repository.head("side").orElseThrow());
        bed.set("refs/heads/refs/heads/main", bed.repository.head("side").orElseThrow());

        assertThat(bed.source.fetch().orElseThrow().revision().id()).isEqualTo(next);
    }

    @Test
    void aReplacedObjectStaysItself() throws Exception {
        String other = bed.repository.commit("side", "Other", Map.of("a.yaml", Optional.of(bytes("other"))));
        bed.set("refs/replace/" + bed.good, other);
        bed.source.fetch();
        RefUpdate update = bed.mirror.repository().updateRef("refs/replace/" + bed.good);
        update.setNewObjectId(bed.mirror.fetch("side", "refs/plumbline/side"));
        update.update();

        Snapshot snapshot = bed.source.last().orElseThrow();

        assertThat(snapshot.read(Objects.requireNonNull(snapshot.blobs().get("a.yaml"))))
                .isEqualTo(bytes("a"));
    }
}
