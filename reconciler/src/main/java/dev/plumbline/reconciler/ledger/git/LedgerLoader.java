package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.ledger.state.Stamped;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the head of a ledger: its tree alone, never its history. */
final class LedgerLoader {
    private final Repository repository;

    LedgerLoader(Repository repository) {
        this.repository = repository;
    }

    /**
     * What the head holds.
     *
     * @param holder empty when the tree names none
     */
    record Loaded(LedgerTree tree, LedgerState state, Optional<Holder> holder) {}

    /**
     * Reads the tree of a commit.
     *
     * @throws LedgerException {@code Damaged} when a file is not what it should be
     */
    Loaded load(ObjectId commit) throws LedgerException {
        String reading = "its tree";
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            LedgerTree tree =
                    LedgerTree.read(reader, walk.parseCommit(commit).getTree().copy());
            Map<String, ObjectId> files = new TreeMap<>();
            tree.forEach((path, blob) -> {
                if (LedgerFiles.isOurs(path)) {
                    files.put(path, blob);
                }
            });
            LoadedEntries entries = new LoadedEntries();
            Optional<Holder> holder = Optional.empty();
            for (Map.Entry<String, ObjectId> file : files.entrySet()) {
                if (file.getKey().startsWith(LedgerFiles.EVIDENCE)) {
                    // As large as everything else together, and asked for once in a year.
                    continue;
                }
                reading = file.getKey();
                JsonNode content = read(reader, file.getKey(), file.getValue());
                if (file.getKey().equals(LedgerFiles.HOLDER)) {
                    holder = Optional.of(Json.convert(content, Holder.class));
                } else {
                    entries.add(file.getKey(), content);
                }
            }
            reading = "what its files say together";
            return new Loaded(tree, entries.state(), holder);
        } catch (IOException | JacksonException | IllegalArgumentException broken) {
            throw damaged(commit, reading, broken);
        }
    }

    /** The holder alone. */
    Optional<Holder> holder(ObjectId commit) throws LedgerException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader();
                TreeWalk found = TreeWalk.forPath(
                        reader, LedgerFiles.HOLDER, walk.parseCommit(commit).getTree())) {
            return found == null
                    ? Optional.empty()
                    : Optional.of(Json.convert(read(reader, LedgerFiles.HOLDER, found.getObjectId(0)), Holder.class));
        } catch (IOException | JacksonException | IllegalArgumentException broken) {
            throw damaged(commit, LedgerFiles.HOLDER, broken);
        }
    }

    /** Names the place and not what stands there, which may be anything. */
    static LedgerException damaged(ObjectId commit, String path, Exception cause) {
        return new LedgerException(
                "Damaged",
                "The ledger at " + commit.name() + " cannot be read: "
                        + (cause instanceof IOException
                                ? String.valueOf(cause.getMessage())
                                : path + " is not what Plumbline writes there."),
                cause);
    }

    static JsonNode read(ObjectReader reader, String path, ObjectId blob) throws IOException {
        JsonNode content = Json.read(reader.open(blob, Constants.OBJ_BLOB).getBytes());
        int format = content.path("format").asInt(0);
        if (format != LedgerFiles.FORMAT) {
            throw new IOException(
                    path + " has the format " + format + "; this version of Plumbline reads " + LedgerFiles.FORMAT);
        }
        return content;
    }

    /** The events of a file of events. */
    static List<Stamped<EventEntry>> events(JsonNode content) {
        List<Stamped<EventEntry>> events = new ArrayList<>();
        content.path("events").forEach(event -> events.add(stamped(event, EventEntry.class)));
        events.sort(Comparator.comparingLong(Stamped::sequence));
        return events;
    }

    static ResourceId resource(JsonNode content) {
        String name = content.path("resource").asString("");
        return ResourceId.parse(name).orElseThrow(() -> new IllegalArgumentException("no resource: " + name));
    }

    static <E> Stamped<E> stamped(JsonNode content, Class<E> type) {
        return new Stamped<>(content.path("sequence").asLong(0), Json.convert(content, type));
    }
}
