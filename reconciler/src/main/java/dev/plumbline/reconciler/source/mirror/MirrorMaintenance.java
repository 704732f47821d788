package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs a repository that we write to from time to time, so that many small pushes do not make it slow. One thread. */
final class MirrorMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorMaintenance.class);
    private static final long MOST_LOOSE = 4_000;
    private static final long MOST_PACKS = 100;

    /** Whoever reads a pack that another replaced has this long to finish. */
    private static final Duration PACKS_STAY = Duration.ofMinutes(10);

    /** Counting reads every folder of objects, so it is not done after each push. */
    private static final int BETWEEN_LOOKS = 64;

    /** Packing takes seconds of a processor, which those who push have a better use for; in the end it helps them too. */
    private static final int LONGEST_WITHOUT = 256;

    private final long mostLoose;
    private int sinceLook;

    MirrorMaintenance() {
        this(MOST_LOOSE);
    }

    MirrorMaintenance(long mostLoose) {
        this.mostLoose = mostLoose;
    }

    /** Something was pushed; answers whether to look now though more is being pushed. */
    boolean overdue() {
        sinceLook++;
        return begins(LONGEST_WITHOUT);
    }

    /** Nothing was pushed for a while; answers whether to look now. */
    boolean due() {
        return begins(BETWEEN_LOOKS);
    }

    private boolean begins(int pushes) {
        if (sinceLook < pushes) {
            return false;
        }
        sinceLook = 0;
        return true;
    }

    /** Packs the repository if there is much to pack. Failing costs speed only, so it is logged. */
    void look(FileRepository repository) {
        try {
            GC collector = new GC(repository);
            GC.RepoStatistics before = collector.getStatistics();
            if (before.numberOfLooseObjects > mostLoose || before.numberOfPackFiles > MOST_PACKS) {
                // What nothing refers to is taken out of the old packs and stays for two weeks: a commit that is being
                // pushed, or prepared, is such.
                collector.setPackExpireAgeMillis(PACKS_STAY.toMillis());
                // Git warns of every second bitmap of a repository, and makes its own where it wants one.
                PackConfig packing = new PackConfig(repository);
                packing.setBuildBitmaps(false);
                collector.setPackConfig(packing);
                collector.repack();
                collector.prunePacked();
                LOG.info(
                        "A repository was packed looseObjects={} packs={}",
                        before.numberOfLooseObjects,
                        before.numberOfPackFiles);
            }
        } catch (IOException | RuntimeException broken) {
            LOG.warn("A repository could not be packed and may become slow", broken);
        }
    }
}
