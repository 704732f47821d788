package dev.plumbline.runtime.training.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training process is told, as a JSON file.
 *
 * @param data path of the data file
 * @param artifacts folder of the artifact store
 */
public record JobRequest(
        RunInputs inputs, ModelSpec model, DatasetSpec dataset, String data, Digest dataDigest, String artifacts) {
    private static final JsonMapper MAPPER = Json.mapper()
            .rebuild()
            .addMixIn(Expectation.class, ToldByFields.class)
            .build();

    /** Which kind of expectation it is follows from its fields. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(Expectation.OfColumn.class), @JsonSubTypes.Type(Expectation.OfRows.class)})
    private interface ToldByFields {}

    /** What a child is to do for this request. */
    public static JobRequest of(TrainingRequest request, Path artifacts) {
        return new JobRequest(
                request.inputs(),
                request.model(),
                request.dataset(),
                request.data().path().toAbsolutePath().toString(),
                request.data().digest(),
                artifacts.toAbsolutePath().toString());
    }

    DataFile dataFile() {
        return new DataFile(Path.of(data), dataDigest);
    }

    /** Writes the request where a child reads it. */
    public void write(Path file) throws IOException {
        Files.write(file, MAPPER.writeValueAsBytes(this));
    }

    /**
     * Reads the file.
     *
     * @throws tools.jackson.core.JacksonException when it is not a request
     */
    public static JobRequest read(Path file) throws IOException {
        return MAPPER.readValue(Files.readAllBytes(file), JobRequest.class);
    }
}
