package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which resources there are: asked for, on record, or reported on. Thread-safe. */
final class Roster {
    private final Supplier<AdmittedCatalog> catalog;
    private final Ledger ledger;
    private final StatusBoard board;

    Roster(Supplier<AdmittedCatalog> catalog, Ledger ledger, StatusBoard board) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.board = board;
    }

    /** Every resource that is or should be. */
    NavigableSet<ResourceId> everything() {
        AdmittedCatalog admitted = catalog.get();
        TreeSet<ResourceId> all = new TreeSet<>(admitted.specs().keySet());
        all.addAll(admitted.held().keySet());
        recorded().forEach(all::add);
        board.all().stream().map(ResourceStatus::id).forEach(all::add);
        return all;
    }

    /** Whose record tells what happens to all of them together: every endpoint, or every resource where there is none. */
    NavigableSet<ResourceId> witnesses() {
        TreeSet<ResourceId> endpoints = new TreeSet<>();
        catalog.get().all(Kind.SERVING).forEach(serving -> endpoints.add(serving.id()));
        recorded().forEach(endpoints::add);
        return endpoints.isEmpty() ? everything() : endpoints;
    }

    private Stream<ResourceId> recorded() {
        return ledger.view().inventory().stream()
                .map(EndpointEntry::serving)
                .map(name -> new ResourceId(Kind.SERVING, name));
    }
}
