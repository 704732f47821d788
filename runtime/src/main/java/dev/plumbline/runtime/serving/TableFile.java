package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.serving.endpoint.TableState;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The routing table on disk. The file carries the digest of what it holds, so a damaged one is noticed; then the one
 * before it is used, which is kept beside it.
 */
final class TableFile {
    private static final Logger LOG = LoggerFactory.getLogger(TableFile.class);
    private static final int FORMAT = 1;

    private final Path file;
    private final Path previous;

    TableFile(Path file, Path previous) {
        this.file = file;
        this.previous = previous;
    }

    /** What the disk held: a table, and whether it is what was written last. */
    record Reading(RoutingTable table, TableState state) {}

    /** Keeps a table; it is on disk when this returns. */
    void write(RoutingTable table) throws IOException {
        if (read(file).isPresent()) {
            Files.copy(file, previous, StandardCopyOption.REPLACE_EXISTING);
            Failpoint.TABLE_PREVIOUS_KEPT.hit();
        }
        JsonNode content = Json.tree(table);
        JsonNode whole = Json.object()
                .put("format", FORMAT)
                .put("digest", Json.digest(content).value())
                .set("table", content);
        ServeFolder.write(file, Json.canonical(whole));
    }

    /** The last table that is whole; an empty one at a first start. */
    Reading read() throws IOException {
        Optional<RoutingTable> last = read(file);
        if (last.isPresent()) {
            return new Reading(last.get(), TableState.LAST);
        }
        Optional<RoutingTable> before = read(previous);
        if (before.isPresent()) {
            LOG.error("routing table is damaged and the one before it is used file={}", file.getFileName());
            return new Reading(before.get(), TableState.FORMER);
        }
        boolean lost = Files.exists(file) || Files.exists(previous);
        if (lost) {
            LOG.error(
                    "routing table is damaged, so is the one before it, and nothing serves before it is deployed again"
                            + " file={} before={}",
                    file.getFileName(),
                    previous.getFileName());
        }
        return new Reading(RoutingTable.EMPTY, lost ? TableState.LOST : TableState.LAST);
    }

    private static Optional<RoutingTable> read(Path file) throws IOException {
        try {
            JsonNode whole = Json.read(Files.readAllBytes(file));
            JsonNode content = whole.path("table");
            Digest digest = Json.digest(content);
            if (whole.path("format").asInt(0) != FORMAT
                    || !whole.path("digest").asString("").equals(digest.value())) {
                return Optional.empty();
            }
            return Optional.of(Json.convert(content, RoutingTable.class));
        } catch (NoSuchFileException | JacksonException none) {
            return Optional.empty();
        }
    }
}
