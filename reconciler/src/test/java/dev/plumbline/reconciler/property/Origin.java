package dev.plumbline.reconciler.property;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The repository and the people who push to it. It may be gone for everybody, or for the control plane alone. */
final class Origin implements AutoCloseable {
    private static final String CONFIRM = "\n\nPlumbline-Confirm: remove\n";

    private final TemporaryRepository repository;
    private final Path home;
    private final Path away;
    private final Path link;

    Origin(Path folder, Clock clock) throws IOException {
        home = folder.resolve("origin.git");
        away = folder.resolve("away.git");
        link = folder.resolve("repository.git");
        repository = TemporaryRepository.create(home, clock);
        Files.createSymbolicLink(link, home);
        Map<String, String> files = new LinkedHashMap<>(files(Texts.MODELS.getFirst()));
        files.put(Texts.DATASET, Specs.DATASET_TEXT);
        files.put(Texts.DATA, Specs.DATA);
        repository.commit("Ask for the first", files);
    }

    private static Map<String, String> files(String model) {
        return Map.of(
                Texts.model(model), Texts.modelText(model),
                Texts.training(model), Texts.trainingText(model, 1),
                Texts.serving(model), Texts.servingText(model));
    }

    /** How the control plane reaches it. */
    Remote remote() {
        return Remote.local(link);
    }

    TemporaryRepository repository() {
        return repository;
    }

    boolean present() {
        return Files.exists(home);
    }

    /** Whether the control plane can reach it. */
    boolean heard() {
        return Files.exists(link);
    }

    void leave() throws IOException {
        if (present()) {
            Files.move(home, away);
        }
    }

    void silence() throws IOException {
        Files.deleteIfExists(link);
    }

    void comeBack() throws IOException {
        if (!present()) {
            Files.move(away, home);
        }
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, home);
        }
    }

    Optional<String> head() {
        return present() ? repository.head("main") : Optional.empty();
    }

    Optional<String> ledgerHead() {
        return present() ? repository.head(LedgerSettings.BRANCH) : Optional.empty();
    }

    Optional<String> text(String revision, String path) {
        return repository.read(revision, path);
    }

    /** Changes a file that is there; nothing when that changes nothing. */
    void change(String path, UnaryOperator<String> how) {
        if (head().isEmpty()) {
            return;
        }
        Optional<String> before = text("refs/heads/main", path);
        before.map(how)
                .filter(after -> !Optional.of(after).equals(before))
                .ifPresent(after -> repository.commit("Change " + path, path, after));
    }

    void add(String model) {
        if (head().isPresent() && text("refs/heads/main", Texts.serving(model)).isEmpty()) {
            repository.commit("Add " + model, files(model));
        }
    }

    void remove(String model, boolean servingAlone) {
        if (head().isEmpty()) {
            return;
        }
        Map<String, Optional<byte[]>> gone = new LinkedHashMap<>();
        for (String path : files(model).keySet()) {
            if (text("refs/heads/main", path).isPresent() && (!servingAlone || path.equals(Texts.serving(model)))) {
                gone.put(path, Optional.empty());
            }
        }
        if (!gone.isEmpty()) {
            repository.commit("main", "Remove " + model + CONFIRM, gone);
        }
    }

    /** A file on a branch that is there; its commit. */
    Optional<String> note(String branch, String path, String text) {
        return present() && repository.head(branch).isPresent()
                ? Optional.of(repository.commit(
                        branch, "A note", Map.of(path, Optional.of(text.getBytes(StandardCharsets.UTF_8)))))
                : Optional.empty();
    }

    /** Confirms what the head removes. */
    void confirm() {
        repository.commit(
                "main",
                "Yes, remove it" + CONFIRM,
                Map.of("CONFIRMED", Optional.of(head().orElseThrow().getBytes(StandardCharsets.UTF_8))));
    }

    /** Undoes the commit so many before the head. */
    void revert(int back) {
        ancestor(back).filter(commit -> ancestor(back + 1).isPresent()).ifPresent(repository::revert);
    }

    void rewind(int back) {
        ancestor(back).ifPresent(commit -> repository.rewind("main", commit));
    }

    private Optional<String> ancestor(int back) {
        return head().flatMap(head -> {
            try {
                return Optional.ofNullable(repository.git().resolve(head + "~" + back))
                        .map(id -> id.name());
            } catch (IOException broken) {
                throw new IllegalStateException("a commit cannot be found", broken);
            }
        });
    }

    void set(String commit) {
        if (present()) {
            repository.rewind("main", commit);
        }
    }

    void delete(String branch) {
        if (present() && repository.head(branch).isPresent()) {
            repository.deleteRef("refs/heads/" + branch);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
