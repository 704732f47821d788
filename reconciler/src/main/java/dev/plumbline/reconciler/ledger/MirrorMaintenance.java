package dev.plumbline.reconciler.ledger;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs the mirror from time to time, so that many small commits do not make it slow. One thread. */
final class MirrorMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorMaintenance.class);
    private static final long MOST_LOOSE = 4_000;
    private static final long MOST_PACKS = 100;

    /** Whoever reads a pack that another replaced has this long to finish. */
    private static final Duration PACKS_STAY = Duration.ofMinutes(10);

    /** Counting reads every folder of objects, so it is not done after each push. */
    private static final int BETWEEN_LOOKS = 64;

    private final FileRepository repository;
    private final long mostLoose;
    private int sinceLook;

    MirrorMaintenance(FileRepository repository) {
        this(repository, MOST_LOOSE);
    }

    MirrorMaintenance(FileRepository repository, long mostLoose) {
        this.repository = repository;
        this.mostLoose = mostLoose;
    }

    /** Looks now and then whether there is much to pack, and packs it. Failing costs speed only, so it is logged. */
    void afterCommits() {
        if (++sinceLook < BETWEEN_LOOKS) {
            return;
        }
        sinceLook = 0;
        try {
            GC collector = new GC(repository);
            GC.RepoStatistics before = collector.getStatistics();
            if (before.numberOfLooseObjects > mostLoose || before.numberOfPackFiles > MOST_PACKS) {
                // What nothing refers to is taken out of the old packs and stays for two weeks: a commit that is being
                // pushed, or prepared, is such.
                collector.setPackExpireAgeMillis(PACKS_STAY.toMillis());
                collector.repack();
                collector.prunePacked();
                LOG.info(
                        "The mirror was packed looseObjects={} packs={}",
                        before.numberOfLooseObjects,
                        before.numberOfPackFiles);
            }
        } catch (IOException | RuntimeException broken) {
            LOG.warn("The mirror could not be packed and may become slow", broken);
        }
    }
}
