package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.SpecChange;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.source.git.WorkingTree;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.model.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardAgeTest {
    private static final String TRAINING = "training.yaml";
    private static final Resource SPEC = new SpecReader()
            .read(TRAINING, Specs.TRAINING_TEXT.getBytes(StandardCharsets.UTF_8))
            .declarations()
            .getFirst()
            .resource();

    @TempDir
    private Path work = Path.of("");

    private Git git;

    @BeforeEach
    void makeClone() throws Exception {
        git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private String commit(String file, String text) throws Exception {
        Files.writeString(work.resolve(file), text);
        git.add().addFilepattern(file).call();
        return git.commit()
                .setMessage("Change " + file)
                .setAuthor("Ada", "ada@example.com")
                .setCommitter("Ada", "ada@example.com")
                .setSign(false)
                .call()
                .name();
    }

    private List<SpecChange> changed() throws Exception {
        try (WorkingTree source = WorkingTree.around(work, "")) {
            return new CardAge(source).changedSince("card.md", List.of(SPEC));
        }
    }

    @Test
    void aCardIsOlderThanWhatItsSpecsAskForSince() throws Exception {
        commit(TRAINING, Specs.TRAINING_TEXT);
        String written = commit("card.md", "# Card\n");
        assertThat(changed()).isEmpty();

        String change = commit(TRAINING, Specs.training(2));
        commit(TRAINING, Specs.training(2) + "# a comment\n");

        assertThat(changed()).singleElement().satisfies(each -> {
            assertThat(each.spec()).isEqualTo(Specs.TRAINING);
            assertThat(each.written().id()).isEqualTo(written);
            assertThat(each.changed().id()).isEqualTo(change);
        });

        commit("card.md", "# Card, read again\n");

        assertThat(changed()).isEmpty();
    }

    @Test
    void aChangeOfTheCardThatIsNotCommittedYetCounts() throws Exception {
        commit("card.md", "# Card\n");
        commit(TRAINING, Specs.TRAINING_TEXT);
        assertThat(changed()).hasSize(1);

        Files.writeString(work.resolve("card.md"), "# Card, being read again\n");

        assertThat(changed()).isEmpty();
    }

    @Test
    void nothingIsOldBeforeTheFirstCommit() throws Exception {
        Files.writeString(work.resolve("card.md"), "# Card\n");

        assertThat(changed()).isEmpty();

        commit(TRAINING, Specs.TRAINING_TEXT);

        assertThat(changed()).isEmpty();
    }
}
