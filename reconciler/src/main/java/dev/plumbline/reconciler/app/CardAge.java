package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.SpecChange;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.git.WorkingTree;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells by the commits of a clone whether a card was written before what it describes was changed. */
final class CardAge {
    private final WorkingTree source;
    private final SpecReader reader = new SpecReader();

    CardAge(WorkingTree source) {
        this.source = source;
    }

    /** The specs that ask for something else since; none while a change of the card is not committed. */
    List<SpecChange> changedSince(String card, List<Resource> specs) throws Source.SourceException, IOException {
        Optional<Revision> newest = source.newest();
        if (newest.isEmpty()) {
            return List.of();
        }
        Revision head = newest.get();
        Optional<Revision> written =
                source.changes(card, Optional.empty(), head).stream().findFirst();
        if (written.isEmpty()
                || !Arrays.equals(
                        bytes(source.at(head), card), bytes(source.fetch().orElseThrow(), card))) {
            return List.of();
        }
        List<SpecChange> changes = new ArrayList<>();
        for (Resource spec : specs) {
            Optional<Revision> changed = changed(spec, head);
            if (changed.isPresent() && !changed.equals(written) && source.includes(changed.get(), written.get())) {
                changes.add(new SpecChange(spec.id(), written.get(), changed.get()));
            }
        }
        return changes;
    }

    /** The last commit that changed what the spec asks for; comments and order of fields do not count. */
    private Optional<Revision> changed(Resource spec, Revision head) throws Source.SourceException, IOException {
        List<Revision> commits = source.changes(spec.file(), Optional.empty(), head);
        for (int index = 0; index < commits.size(); index++) {
            Optional<Digest> before =
                    index + 1 < commits.size() ? digest(spec, commits.get(index + 1)) : Optional.empty();
            if (!digest(spec, commits.get(index)).equals(before)) {
                return Optional.of(commits.get(index));
            }
        }
        return Optional.empty();
    }

    private Optional<Digest> digest(Resource spec, Revision revision) throws Source.SourceException, IOException {
        return reader.read(spec.file(), bytes(source.at(revision), spec.file())).declarations().stream()
                .map(Declaration::resource)
                .filter(each -> each.id().equals(spec.id()))
                .map(Resource::digest)
                .findFirst();
    }

    private static byte[] bytes(Snapshot snapshot, String file) throws IOException {
        String blob = snapshot.blobs().get(file);
        return blob == null ? new byte[0] : snapshot.read(blob);
    }
}
