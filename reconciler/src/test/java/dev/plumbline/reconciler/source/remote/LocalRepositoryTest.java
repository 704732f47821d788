package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalRepositoryTest {
    @TempDir
    Path folder;

    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        repository.commit("One", "a.yaml", "1");
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        source.fetch();
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    @Test
    void findsWhatAnotherProcessPackedSinceItWasOpened() throws Exception {
        String second = repository.commit("Two", "a.yaml", "2");
        try (Git other = Git.open(repository.path().toFile())) {
            other.gc().call();
        }

        assertThat(source.fetch().orElseThrow().revision()).isEqualTo(new Revision(second));

        String third = repository.commit("Three", "a.yaml", "3");
        assertThat(source.fetch().orElseThrow().revision()).isEqualTo(new Revision(third));
    }

    @Test
    void takesNothingOfARepositoryForGrantedInTheOneThatCameToItsPlace() throws Exception {
        ObjectId second = ObjectId.fromString(repository.commit("Two", "a.yaml", "2"));
        Path place = repository.path();
        try (Git other = Git.open(place.toFile())) {
            other.gc().call();
        }
        source.fetch();
        assertThat(push(second)).isEqualTo(new Writer.PushOutcome.Accepted());
        TemporaryRepository successor = TemporaryRepository.create(folder.resolve("next.git"), MutableClock.started());
        String theirs = successor.commit("Another", "b.yaml", "b");
        successor.close();
        Files.move(place, folder.resolve("former.git"));
        Files.move(folder.resolve("next.git"), place);

        assertThat(push(second)).isEqualTo(new Writer.PushOutcome.Accepted());
        assertThat(mirror.fetch("main", "refs/plumbline/test")).isEqualTo(ObjectId.fromString(theirs));
        try (Git there = Git.open(place.toFile())) {
            assertThat(there.getRepository().getObjectDatabase().has(second)).isTrue();
        }
    }

    private Writer.PushOutcome push(ObjectId commit) throws InterruptedException {
        return mirror.push(List.of(new BranchPush(commit, "copy", Optional.of(ObjectId.zeroId()), false)));
    }

    @Test
    void readsAnObjectThatWasPutBackAfterItsLossWasNoticed() throws Exception {
        String second = repository.commit("Two", "a.yaml", "2");
        Path object = repository
                .path()
                .resolve("objects")
                .resolve(second.substring(0, 2))
                .resolve(second.substring(2));
        byte[] bytes = Files.readAllBytes(object);
        Files.delete(object);
        assertThatThrownBy(source::fetch).isInstanceOf(Source.SourceException.class);

        Files.write(object, bytes);

        assertThat(source.fetch().orElseThrow().revision()).isEqualTo(new Revision(second));
    }

    @Test
    void namesTheRepositoryAndNotTheConnectionWhenItCannotBeRead() throws Exception {
        String second = repository.commit("Two", "a.yaml", "2");
        Files.delete(repository
                .path()
                .resolve("objects")
                .resolve(second.substring(0, 2))
                .resolve(second.substring(2)));

        assertThatThrownBy(source::fetch)
                .hasMessageContaining("origin.git")
                .hasMessageNotContainingAny("test:", folder.toString());
    }
}
