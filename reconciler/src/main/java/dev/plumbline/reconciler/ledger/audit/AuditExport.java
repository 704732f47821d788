package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
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
    private static final Pattern SEGMENT = Pattern.compile("records-(?<first>[0-9]{9})-(?<last>[0-9]{9})\\.jsonl");

    private static final String BASE64 = "base64";

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
     * @throws IOException when what it holds cannot be read, or is not all there
     */
    public static AuditExport into(Path folder) throws IOException {
        Files.createDirectories(folder);
        LedgerRecord[] last = new LedgerRecord[1];
        List<String> missing = read(folder, record -> last[0] = record);
        if (!missing.isEmpty()) {
            throw new IOException(missing.getFirst());
        }
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
                changes.set(
                        change.getKey(), written(files.after(change.getKey()).orElseThrow()));
            } else {
                changes.putNull(change.getKey());
            }
        }
        return line;
    }

    /** Text as it is; what is none, such as a stranger's picture, in Base64. */
    private static JsonNode written(byte[] content) {
        try {
            return Json.tree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Json.object().put(BASE64, Base64.getEncoder().encodeToString(content));
        }
    }

    private static byte[] read(JsonNode content) {
        return content.isObject()
                ? Base64.getDecoder().decode(content.path(BASE64).asString())
                : content.asString().getBytes(StandardCharsets.UTF_8);
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
        read(folder, verification::take).forEach(verification::takeMissing);
        return verification;
    }

    /** Takes records that were read back. */
    @FunctionalInterface
    private interface Taker {
        void take(LedgerRecord record);
    }

    /** Gives every record to the taker, and says which are not there, though the names of the files say that they are. */
    private static List<String> read(Path folder, Taker taker) throws IOException {
        List<String> missing = new ArrayList<>();
        long next = 1;
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.sorted().toList();
        }
        for (Path segment : segments) {
            String name = segment.getFileName().toString();
            Matcher numbers = SEGMENT.matcher(name);
            if (!numbers.matches()) {
                continue;
            }
            long first = Long.parseLong(numbers.group("first"));
            long last = Long.parseLong(numbers.group("last"));
            expect(first, next, "before " + name, missing);
            next = first;
            try (BufferedReader lines = Files.newBufferedReader(segment)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    LedgerRecord record = record(Json.read(line.getBytes(StandardCharsets.UTF_8)));
                    expect(record.number(), next, "in " + name, missing);
                    next = record.number() + 1;
                    taker.take(record);
                }
            } catch (JacksonException | IllegalArgumentException broken) {
                throw new IOException(name + " cannot be read: it is not what was exported", broken);
            }
            expect(last + 1, next, "at the end of " + name, missing);
            next = last + 1;
        }
        return missing;
    }

    private static void expect(long found, long next, String where, List<String> missing) {
        if (found != next) {
            missing.add("the export is not whole: record " + next + " should come " + where);
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
                                : Optional.of(Digest.of(read(change.getValue())))));
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
