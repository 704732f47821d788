package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.PastSpecs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.HeldBack;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads from Git who moved an endpoint between versions. A version that a person moved it away from is held back; one
 * that a person moved it to is not any more. A commit is ours because the ledger holds its intent.
 */
public final class EndpointMoves {
    private final Source source;
    private final PastSpecs past;
    private final Clock clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** Moves found in this source. */
    public EndpointMoves(Source source, PastSpecs past, Clock clock) {
        this.source = source;
        this.past = past;
        this.clock = clock;
    }

    /** The entry with every move up to this revision taken in. */
    public EndpointEntry observe(EndpointEntry entry, Resource serving, Revision revision)
            throws Source.SourceException {
        ServingSpec spec = (ServingSpec) serving.spec();
        if (entry.observed().equals(Optional.of(revision))) {
            return entry;
        }
        NavigableMap<VersionName, HeldBack> heldBack = new TreeMap<>(entry.heldBack());
        if (entry.removed()) {
            // Whoever asks for the endpoint again asks for the version that they name with it.
            spec.named().ifPresent(heldBack::remove);
        }
        if (entry.observed().isPresent()) {
            Revision from = from(entry).orElseThrow();
            Optional<VersionName> before = follow(entry, from, serving, revision, heldBack);
            // No commit of this line says so: a person put another history in the place of the former.
            if (!before.equals(spec.named()) && !source.includes(revision, from)) {
                rewritten(before, spec.named(), revision, heldBack);
            }
        }
        if (spec.named().equals(entry.named()) && heldBack.equals(entry.heldBack())) {
            seen.put(entry.serving(), new Seen(entry, revision));
        }
        return entry.seen(spec.model(), revision, spec.named(), heldBack, clock.instant());
    }

    /**
     * The entry with every move taken in that came before its spec was removed, which is gone at this revision: who moved the
     * endpoint and then removed it has said both.
     */
    public EndpointEntry observeRemoved(EndpointEntry entry, Revision revision) throws Source.SourceException {
        ResourceId id = new ResourceId(Kind.SERVING, entry.serving());
        Optional<Resource> last = entry.observed().flatMap(at -> past.resource(id, at));
        if (entry.removed() || last.isEmpty()) {
            return entry;
        }
        NavigableMap<VersionName, HeldBack> heldBack = new TreeMap<>(entry.heldBack());
        Optional<VersionName> named = follow(entry, from(entry).orElseThrow(), last.get(), revision, heldBack);
        return entry.seen(entry.model(), revision, named, heldBack, clock.instant());
    }

    /** Takes in the moves since then, and says what was named at the end of them. */
    private Optional<VersionName> follow(
            EndpointEntry entry,
            Revision from,
            Resource serving,
            Revision revision,
            NavigableMap<VersionName, HeldBack> heldBack)
            throws Source.SourceException {
        Optional<VersionName> before = entry.named();
        for (Revision commit : since(from, serving, revision)) {
            Optional<VersionName> after = past.named(serving.id(), serving.file(), commit, before);
            if (!after.equals(before)) {
                move(entry, before, after, commit, heldBack);
            }
            before = after;
        }
        return before;
    }

    /** Lets go of an endpoint that is no more. */
    public void forget(String serving) {
        seen.remove(serving);
    }

    /** An entry that says how things stood at this revision as well. */
    private record Seen(EndpointEntry entry, Revision revision) {}

    /** Where to begin: no commit is read twice for an entry that nothing was to be added to. */
    private Optional<Revision> from(EndpointEntry entry) {
        return Optional.ofNullable(seen.get(entry.serving()))
                .filter(known -> known.entry().equals(entry))
                .map(Seen::revision)
                .or(entry::observed);
    }

    /** The commits that changed the file, oldest first; none when what was seen last is lost. */
    private List<Revision> since(Revision last, Resource serving, Revision revision) throws Source.SourceException {
        return source.includes(last, last)
                ? source.changes(serving.file(), Optional.of(last), revision).reversed()
                : List.of();
    }

    private void rewritten(
            Optional<VersionName> from,
            Optional<VersionName> to,
            Revision revision,
            NavigableMap<VersionName, HeldBack> heldBack) {
        to.ifPresent(heldBack::remove);
        from.ifPresent(
                version -> heldBack.put(version, new HeldBack(clock.instant(), "a rewritten history", revision)));
    }

    private void move(
            EndpointEntry entry,
            Optional<VersionName> from,
            Optional<VersionName> to,
            Revision commit,
            NavigableMap<VersionName, HeldBack> heldBack)
            throws Source.SourceException {
        Optional<Intent> ours = entry.intents().stream()
                .filter(intent -> intent.commit().equals(commit) || merged(intent, from, to))
                .findFirst();
        to.ifPresent(heldBack::remove);
        boolean byThisLoop =
                ours.filter(intent -> intent.requestedBy().isEmpty()).isPresent();
        if (byThisLoop) {
            return;
        }
        String person =
                ours.flatMap(Intent::requestedBy).orElse(source.header(commit).author());
        from.ifPresent(version -> heldBack.put(version, new HeldBack(clock.instant(), person, commit)));
    }

    /** Whether a commit completes a promotion that waited on a branch: squashed or rebased, it has another id. */
    private static boolean merged(Intent intent, Optional<VersionName> from, Optional<VersionName> to) {
        return intent.branch().isPresent()
                && intent.from().equals(from)
                && to.filter(intent.to()::equals).isPresent();
    }
}
