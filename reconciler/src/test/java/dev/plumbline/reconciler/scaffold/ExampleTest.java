package dev.plumbline.reconciler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.schemas.model.ServingSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
    private static final Path SOURCE = Path.of("../example-repo");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final RepositoryScaffold scaffold =
            new RepositoryScaffold(new Author("Ada", "ada@example.com"), Clock.fixed(NOON, ZoneOffset.UTC));

    @TempDir
    private Path work;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = work.resolve("demo");
    }

    @Test
    void makesARepositoryWithOneCommitOnMain() throws Exception {
        RepositoryScaffold.Made made = scaffold.example(folder, false);

        try (Git git = Git.open(folder.toFile())) {
            RevCommit head = git.log().call().iterator().next();
            assertThat(git.getRepository().getBranch()).isEqualTo("main");
            assertThat(head.name()).isEqualTo(made.commit());
            assertThat(head.getParentCount()).isZero();
            assertThat(head.getAuthorIdent().getEmailAddress()).isEqualTo("ada@example.com");
            assertThat(head.getCommitterIdent().getWhenAsInstant()).isEqualTo(NOON);
            assertThat(git.status().call().isClean()).isTrue();
        }
    }

    @Test
    void packsEveryFileOfTheExample() throws Exception {
        assertThat(ExampleFiles.read().keySet()).isEqualTo(below(SOURCE));
    }

    @Test
    void readsTheExampleFromAJar() throws Exception {
        Path jar = work.resolve("an example.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : List.of("other/x.txt", "example/README.md", "example/models/a.yaml")) {
                entries.putNextEntry(new JarEntry(name));
                entries.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }

        Map<String, byte[]> files = ExampleFiles.beside(
                URI.create("jar:" + jar.toUri() + "!/example/README.md").toURL());

        assertThat(files.keySet()).containsExactly("README.md", "models/a.yaml");
        assertThat(files.get("models/a.yaml")).asString().isEqualTo("example/models/a.yaml");
    }

    @Test
    void isValidAndAdmittedAndItsRowsAreAsDeclared() throws Exception {
        scaffold.example(folder, false);

        SpecsInFolder specs = new SpecsInFolder(folder);

        assertThat(specs.reading().problems()).isEmpty();
        assertThat(specs.reading().declarations()).hasSize(5);
        assertThat(specs.admission()).isEmpty();
        assertThat(specs.only(ServingSpec.class).named()).isEmpty();
        assertThat(specs.rows()).isInstanceOfSatisfying(DatasetReading.Accepted.class, rows -> {
            assertThat(rows.rows()).isEqualTo(2000);
            assertThat(rows.heldOutRows()).isBetween(400L, 600L);
        });
    }

    @Test
    void isRefusedWithoutItsCard() throws Exception {
        scaffold.example(folder, false);
        Path model = folder.resolve("models/churn.yaml");
        Files.writeString(model, Files.readString(model).replaceAll(".*card:.*\n", ""));

        assertThat(new SpecsInFolder(folder).admission())
                .extracting(finding -> finding.id())
                .containsExactly("card-present");
    }

    @Test
    void namesSchemasThatItHolds() throws Exception {
        scaffold.example(folder, false);

        for (String file : below(folder)) {
            if (file.endsWith(".yaml")) {
                String line = Files.readAllLines(folder.resolve(file)).getFirst();
                assertThat(line).startsWith("# yaml-language-server: $schema=../.plumbline/schemas/v1/");
                Path schema = folder.resolve(file).resolveSibling(line.substring(line.indexOf('=') + 1));
                assertThat(schema).isRegularFile();
            }
        }
    }

    @Test
    void holdsTheCustomersThatItsGeneratorMakesUp() throws Exception {
        Path made = work.resolve("customers.csv");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        SOURCE.resolve("data/Customers.java").toString(),
                        "7",
                        "2000")
                .redirectOutput(made.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(generator.waitFor()).isZero();
        assertThat(made).hasSameBinaryContentAs(SOURCE.resolve("data/customers.csv"));
    }

    @Test
    void refusesAFolderThatIsNotEmptyUnlessForced() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("mine.txt"), "mine");
        Files.writeString(folder.resolve("README.md"), "mine too");

        assertThatThrownBy(() -> scaffold.example(folder, false))
                .isInstanceOfSatisfying(ScaffoldException.class, refused -> {
                    assertThat(refused).hasMessage("demo is not empty");
                    assertThat(refused.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("--force"));
                });
        assertThat(below(folder)).containsExactly("README.md", "mine.txt");

        scaffold.example(folder, true);

        assertThat(folder.resolve("mine.txt")).hasContent("mine");
        assertThat(folder.resolve("README.md")).hasContent("mine too");
        try (Git git = Git.open(folder.toFile())) {
            assertThat(git.status().call().getUntracked()).containsExactlyInAnyOrder("README.md", "mine.txt");
        }
    }

    @Test
    void replacesNoFileOfAnotherContent() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/churn.yaml"), "mine");

        assertThatThrownBy(() -> scaffold.example(folder, true)).hasMessageContaining("models/churn.yaml");
        assertThat(below(folder)).containsExactly("models/churn.yaml");
    }

    @Test
    void commitsNothingElseThatIsStaged() throws Exception {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("trunk")
                .call()) {
            Files.writeString(folder.resolve("first.txt"), "first");
            git.add().addFilepattern("first.txt").call();
            git.commit()
                    .setMessage("First")
                    .setAuthor("a", "a@b")
                    .setCommitter("a", "a@b")
                    .setSign(false)
                    .call();
            Files.writeString(folder.resolve("staged.txt"), "staged");
            git.add().addFilepattern("staged.txt").call();

            scaffold.example(folder, true);

            assertThat(git.getRepository().getBranch()).isEqualTo("trunk");
            assertThat(git.status().call().getAdded()).containsExactly("staged.txt");
            assertThat(git.log().call()).hasSize(2);
            assertThatThrownBy(() -> scaffold.example(folder, true)).isInstanceOf(ScaffoldException.class);
        }
    }

    @Test
    void saysWhichFileGitIgnores() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".gitignore"), "data/\n");

        assertThatThrownBy(() -> scaffold.example(folder, true)).hasMessageContaining("data/customers.csv");
    }

    private static Set<String> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> Objects.toString(root.relativize(file)))
                    .filter(file -> !file.startsWith(".git/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
