package dev.plumbline.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;

/** A repository that somebody made to do harm, and what follows it; one good commit was accepted before. */
final class AdversaryBed implements AutoCloseable {
    static final long KIBIBYTE = 1024;

    final Path folder;
    final TemporaryRepository repository;
    final Mirror mirror;
    final GitSource source;
    final String good;
    private final List<Mirror> closing = new ArrayList<>();

    AdversaryBed(Path folder) throws Exception {
        this.folder = folder;
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        good = repository.commit("Good", "a.yaml", "a");
        source.fetch();
    }

    @Override
    public void close() {
        closing.forEach(Mirror::close);
        mirror.close();
        repository.close();
    }

    /** The attempt is refused for this reason, and what was accepted last stays in force. */
    void refused(String reason, ThrowingCallable attempt, String... words) throws Exception {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageContainingAll(
                        Stream.concat(Stream.of(""), Stream.of(words)).toArray(String[]::new));
        assertThat(source.last().orElseThrow().revision().id()).isEqualTo(good);
    }

    /** Moves {@code main} to a commit of this tree, without looking at what the tree says. */
    void commit(ObjectId tree) throws IOException {
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentId(ObjectId.fromString(good));
            PersonIdent person = new PersonIdent("Eve", "eve@example.com");
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Harm");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            repository.rewind("main", made.name());
        }
    }

    ObjectId insert(int type, byte[] bytes) throws IOException {
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            ObjectId id = inserter.insert(type, bytes);
            inserter.flush();
            return id;
        }
    }

    /** A tree as its bytes, with names that no tool would write. */
    ObjectId tree(ObjectId object, String... names) throws IOException {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        for (String name : names) {
            tree.writeBytes(bytes("100644 " + name + "\0"));
            byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
            object.copyRawTo(id, 0);
            tree.writeBytes(id);
        }
        return insert(Constants.OBJ_TREE, tree.toByteArray());
    }

    void set(String ref, String commit) throws IOException {
        RefUpdate update = repository.git().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit));
        update.forceUpdate();
    }

    /** What follows the remote into a mirror of its own with these limits. */
    GitSource limited(String name, Remote remote, long pack, long object) throws Exception {
        Mirror small = Mirror.open(
                folder.resolve(name),
                remote,
                GitCredentials.none(),
                new FetchLimits(pack, object, Duration.ofMinutes(1)));
        closing.add(small);
        return new GitSource(small, "main", "");
    }

    /** The first mirror with limits. */
    Mirror limited() {
        return closing.getFirst();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
