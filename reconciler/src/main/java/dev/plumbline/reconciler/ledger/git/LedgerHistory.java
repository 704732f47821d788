package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.ledger.state.Stamped;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How two commits of a ledger relate, and what one of them recorded that the other did not. */
final class LedgerHistory {
    private final Repository repository;

    LedgerHistory(Repository repository) {
        this.repository = repository;
    }

    /** Whether the one is contained in the other. */
    boolean contains(ObjectId descendant, ObjectId ancestor) throws LedgerException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    /** When a commit was written. */
    Instant time(ObjectId commit) throws LedgerException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getCommitterIdent().getWhenAsInstant();
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    /** How many commits lead to the newer one and not to the older. */
    long distance(ObjectId newer, Optional<ObjectId> older) throws LedgerException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(newer));
            if (older.isPresent()) {
                walk.markUninteresting(walk.parseCommit(older.get()));
            }
            long commits = 0;
            while (walk.next() != null) {
                commits++;
            }
            return commits;
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    /** Whether the start that holds the ledger there is one that this line goes on from, and not one beside it. */
    boolean startedIn(ObjectId line, ObjectId there, Holder holder) throws LedgerException {
        Optional<ObjectId> base = base(line, there);
        return base.isPresent()
                && new LedgerLoader(repository)
                        .holder(base.get())
                        .filter(holder::sameStart)
                        .isPresent();
    }

    /** Whether one commit leads to both, so that both are of one repository. */
    boolean related(ObjectId one, ObjectId other) throws LedgerException {
        return base(one, other).isPresent();
    }

    /** The newest commit that leads to both. */
    private Optional<ObjectId> base(ObjectId one, ObjectId other) throws LedgerException {
        if (one.equals(other)) {
            return Optional.of(one);
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            return Optional.ofNullable(walk.next()).map(RevCommit::copy);
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    /** What the remote line recorded in files that the local line left alone, since they parted. */
    List<Entry> missed(ObjectId local, ObjectId remote) throws LedgerException {
        String reading = "its tree";
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(local));
            walk.markStart(walk.parseCommit(remote));
            RevCommit base = walk.next();
            Map<String, ObjectId> before = base == null ? Map.of() : files(reader, base);
            walk.reset();
            walk.setRevFilter(RevFilter.ALL);
            Map<String, ObjectId> ours = files(reader, walk.parseCommit(local));
            List<Entry> missed = new ArrayList<>();
            for (Map.Entry<String, ObjectId> theirs :
                    files(reader, walk.parseCommit(remote)).entrySet()) {
                String path = theirs.getKey();
                boolean changed = !theirs.getValue().equals(before.get(path));
                if (changed && LedgerFiles.isOurs(path)) {
                    reading = path;
                    missed.addAll(
                            entries(reader, path, theirs.getValue(), Optional.ofNullable(ours.get(path)), before));
                }
            }
            return missed;
        } catch (IOException | JacksonException | IllegalArgumentException broken) {
            throw LedgerLoader.damaged(remote, reading, broken);
        }
    }

    private static List<Entry> entries(
            ObjectReader reader, String path, ObjectId theirs, Optional<ObjectId> ours, Map<String, ObjectId> before)
            throws IOException {
        boolean untouched = ours.equals(Optional.ofNullable(before.get(path)));
        JsonNode content = LedgerLoader.read(reader, path, theirs);
        return switch (path.substring(0, Math.max(0, path.indexOf('/')))) {
            case "events" -> events(reader, path, content, ours);
            case "runs" -> untouched ? List.of(Json.convert(content, RunEntry.class)) : List.of();
            case "versions" -> untouched ? List.of(Json.convert(content, VersionEntry.class)) : List.of();
            case "endpoints" -> untouched ? List.of(Json.convert(content, EndpointEntry.class)) : List.of();
            case "verdicts" -> untouched ? List.of(Json.convert(content, VerdictEntry.class)) : List.of();
            case "datasets" -> untouched ? List.of(Json.convert(content, DatasetEntry.class)) : List.of();
            case "admissions" -> untouched ? List.of(Json.convert(content, AdmissionEntry.class)) : List.of();
            default -> List.of();
        };
    }

    private static List<Entry> events(ObjectReader reader, String path, JsonNode theirs, Optional<ObjectId> ours)
            throws IOException {
        Set<EventEntry> known = new HashSet<>();
        if (ours.isPresent()) {
            LedgerLoader.events(LedgerLoader.read(reader, path, ours.get())).forEach(event -> known.add(event.entry()));
        }
        List<Entry> missed = new ArrayList<>();
        LedgerLoader.events(theirs).stream()
                .map(Stamped::entry)
                .filter(event -> !known.contains(event))
                .forEach(missed::add);
        return missed;
    }

    private static Map<String, ObjectId> files(ObjectReader reader, RevCommit commit) throws IOException {
        Map<String, ObjectId> files = new HashMap<>();
        LedgerTree.read(reader, commit.getTree().copy()).forEach(files::put);
        return files;
    }

    private static LedgerException damaged(IOException cause) {
        return new LedgerException("Damaged", "The ledger's history cannot be read.", cause);
    }
}
