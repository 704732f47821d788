package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies records into a folder, a JSON line each with the content of their files, and never touches what is there: each export
 * adds one file of what came since the last. So the folder may lie where nothing can be changed once it is written. One thread.
 */
public final class AuditExport implements RecordReader, AutoCloseable {
    private static final Pattern SEGMENT = Pattern.compile("records-[0-9]{9}-[0-9]{9}\\.jsonl");

    private final Path folder;
    private final Path unfinished;
    private final OutputStream out;
    private final Optional<LedgerRecord> last;
    private long first;
    private long newest;

    private AuditExport(Path folder, Optional<LedgerRecord> last) throws IOException {
        this.folder = folder;
        this.last = last;
        this.unfinished = Files.createTempFile(folder, ".records", ".tmp");
        this.out = Files.newOutputStream(unfinished);
    }

    /** The records are not those that the folder holds. */
    public static final class Rewritten extends IOException {
        Rewritten(String message) {
            super(message);
        }
    }

    /**
     * Goes on with the folder, which is made when there is none.
     *
     * @throws IOException when what it holds cannot be read
     */
    public static AuditExport into(Path folder) throws IOException {
        Files.createDirectories(folder);
        LedgerRecord[] last = new LedgerRecord[1];
        read(folder, record -> last[0] = record);
        return new AuditExport(folder, Optional.ofNullable(last[0]));
    }

    @Override
    public void take(LedgerRecord record, RecordReader.Contents files) throws IOException {
        long known = last.map(LedgerRecord::number).orElse(0L);
        if (record.number() == known
                && !record.commit().equals(last.orElseThrow().commit())) {
            throw new Rewritten("the record " + known + " of the ledger is " + record.commit() + ", and "
                    + last.get().commit() + " was exported: the ledger was rewritten");
        }
        newest = record.number();
        if (record.number() > known) {
            first = first == 0 ? record.number() : first;
            out.write(Json.canonical(line(record, files)));
            out.write('\n');
        }
    }

    private static ObjectNode line(LedgerRecord record, RecordReader.Contents files) throws IOException {
        ObjectNode line = Json.object()
                .put("number", record.number())
                .put("commit", record.commit())
                .put("at", record.at().toString())
                .put("message", record.message());
        record.link().ifPresent(link -> line.put("link", link.value()));
        ArrayNode after = line.putArray("after");
        record.after().forEach(after::add);
        ObjectNode changes = line.putObject("changes");
        for (Map.Entry<String, Optional<Digest>> change : record.changes().entrySet()) {
            if (change.getValue().isPresent()) {
                changes.put(
                        change.getKey(),
                        new String(files.after(change.getKey()).orElseThrow(), StandardCharsets.UTF_8));
            } else {
                changes.putNull(change.getKey());
            }
        }
        return line;
    }

    /**
     * Makes what was taken part of the folder.
     *
     * @return how many records are new there
     * @throws Rewritten when the ledger has fewer than the folder
     */
    public long finish() throws IOException {
        long known = last.map(LedgerRecord::number).orElse(0L);
        if (newest < known) {
            throw new Rewritten("the ledger has " + newest + " records, and " + known
                    + " were exported: records were taken off its end");
        }
        out.close();
        if (first == 0) {
            return 0;
        }
        Files.move(
                unfinished,
                folder.resolve(String.format(Locale.ROOT, "records-%09d-%09d.jsonl", first, newest)),
                StandardCopyOption.ATOMIC_MOVE);
        return newest - first + 1;
    }

    /** Checks what a folder holds, without the ledger. */
    public static RecordVerification verified(Path folder) throws IOException {
        RecordVerification verification = new RecordVerification();
        read(folder, verification::take);
        return verification;
    }

    /** Takes records that were read back. */
    @FunctionalInterface
    private interface Taker {
        void take(LedgerRecord record);
    }

    private static void read(Path folder, Taker taker) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.filter(file ->
                            SEGMENT.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path segment : segments) {
            try (BufferedReader lines = Files.newBufferedReader(segment)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    taker.take(record(Json.read(line.getBytes(StandardCharsets.UTF_8))));
                }
            } catch (JacksonException | IllegalArgumentException broken) {
                throw new IOException(segment.getFileName() + " cannot be read: it is not what was exported", broken);
            }
        }
    }

    private static LedgerRecord record(JsonNode line) {
        SortedMap<String, Optional<Digest>> changes = new TreeMap<>();
        line.path("changes")
                .properties()
                .forEach(change -> changes.put(
                        change.getKey(),
                        change.getValue().isNull()
                                ? Optional.empty()
                                : Optional.of(
                                        Digest.of(change.getValue().asString().getBytes(StandardCharsets.UTF_8)))));
        return new LedgerRecord(
                line.path("number").asLong(),
                line.path("commit").asString(),
                StreamSupport.stream(line.path("after").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList(),
                Instant.parse(line.path("at").asString()),
                line.path("message").asString(),
                changes,
                Optional.ofNullable(line.get("link")).map(link -> new Digest(link.asString())),
                Optional.empty());
    }

    /** Lets go of what was not finished. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(unfinished);
    }
}
