package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the registered versions whose artifact is no longer stored whole. Thread-safe. */
final class LostArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(LostArtifacts.class);

    private final ArtifactStore artifacts;

    LostArtifacts(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    Set<VersionName> among(Collection<VersionName> versions, LedgerView ledger) {
        Set<VersionName> lost = new TreeSet<>();
        for (VersionName version : versions) {
            Optional<Digest> digest = ledger.version(version).map(each -> each.digest());
            if (digest.isPresent() && lost(version, digest.get())) {
                lost.add(version);
            }
        }
        return lost;
    }

    private boolean lost(VersionName version, Digest digest) {
        try {
            return artifacts.find(digest).isEmpty();
        } catch (IOException unreadable) {
            // A disk that cannot be read now is no reason to train anything again.
            LOG.warn("an artifact could not be looked for version={} digest={}", version, digest, unreadable);
            return false;
        }
    }
}
