package dev.plumbline.reconciler.scaffold;

import dev.plumbline.policy.AdmissionEvidence;
import dev.plumbline.policy.Circumstances;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.LocalDatasets;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.policies.PolicyData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Reads what was written as the control plane would: specs, admission, rows. */
final class SpecsInFolder {
    private final Path folder;
    private final CatalogReading reading;

    SpecsInFolder(Path folder) throws IOException {
        this.folder = folder;
        SpecReader reader = new SpecReader();
        List<FileContents> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString();
                if (SpecFiles.all().includes(path)) {
                    contents.add(reader.read(path, Files.readAllBytes(file)));
                }
            }
        }
        this.reading = reader.assemble(contents, this::start);
    }

    CatalogReading reading() {
        return reading;
    }

    <S extends Spec> S only(Class<S> kind) {
        return reading.declarations().values().stream()
                .map(each -> each.resource().spec())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    List<Finding> admission() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Judge judge = new Judge(EmbeddedOpa.shipped(threads), id -> Optional.empty());
            return judge
                    .judge(
                            reading.declarations().values().stream()
                                    .map(Declaration::resource)
                                    .map(this::question)
                                    .toList(),
                            Circumstances.of(PolicyData.NONE, Instant.EPOCH))
                    .stream()
                    .flatMap(verdict -> verdict.findings().stream())
                    .toList();
        }
    }

    /** The rows as the written specs declare them. */
    DatasetReading rows() throws IOException, InterruptedException {
        DatasetSpec dataset = only(DatasetSpec.class);
        Path file = dataset.source()
                .path()
                .map(folder::resolve)
                .orElseGet(() -> Path.of(URI.create(dataset.source().uri().orElseThrow())));
        return new LocalDatasets(new DatasetReader())
                .read(
                        dataset,
                        Optional.of(only(ModelSpec.class)),
                        new DataFile(file, Digest.of(Files.readAllBytes(file))));
    }

    private Question question(Resource resource) {
        Optional<ModelCard> card = resource.spec() instanceof ModelSpec model
                ? model.card()
                        .flatMap(path ->
                                start(path, CardReader.MOST_BYTES + 1).map(bytes -> new CardReader().read(path, bytes)))
                : Optional.empty();
        return Question.about(
                resource.id().toString(),
                new AdmissionEvidence(resource, card),
                Map.of("spec", resource.digest()),
                Optional.empty());
    }

    private Optional<byte[]> start(String path, int length) {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(length));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
