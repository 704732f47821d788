package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/** Says why a version's artifact does not come out as it was recorded, as far as the record tells. */
final class ArtifactDifference {
    private static final String REMEDY =
            "; put the recorded bytes back into the artifact store, or name another version";

    private ArtifactDifference() {}

    /** Of inputs that are not those of the version's run any more. */
    static String ofInputs(VersionEntry version, RunInputs now) {
        RunInputs then = version.inputs();
        List<String> differing = new ArrayList<>();
        if (!now.dataset().equals(then.dataset())) {
            differing.add("the rows are " + now.dataset() + " where " + then.dataset() + " is recorded");
        }
        if (now.format() != then.format()) {
            differing.add("the trainer's format is " + now.format() + " where " + then.format() + " is recorded");
        }
        return lost(version) + "its run cannot be made again to give " + version.digest() + "; what differs: "
                + (differing.isEmpty() ? "the specs at its revision ask for another run" : String.join(", ", differing))
                + REMEDY;
    }

    /** Of data that cannot be had, or read, any more as it was. */
    static String ofData(VersionEntry version, String what) {
        return lost(version) + "its run cannot be made again to give " + version.digest()
                + ", as its data is not what it was: " + what + REMEDY;
    }

    /** Of specs that are gone. */
    static String ofSpec(VersionEntry version, ResourceId missing) {
        return lost(version) + "revision " + version.revision().shortened() + " no longer holds " + missing
                + " as it was trained, so that nothing gives " + version.digest() + " again" + REMEDY;
    }

    /** Of bytes that the same run gave. */
    static String ofBytes(
            VersionEntry version,
            Digest got,
            SortedMap<ResourceId, Digest> specs,
            SortedMap<String, String> environment) {
        List<String> differing = new ArrayList<>();
        specs.forEach((id, digest) -> {
            if (!digest.equals(version.specs().get(id))) {
                differing.add("the spec " + id);
            }
        });
        TreeSet<String> names = new TreeSet<>(environment.keySet());
        names.addAll(version.environment().keySet());
        for (String name : names) {
            String now = environment.getOrDefault(name, "unknown");
            String then = version.environment().getOrDefault(name, "unknown");
            if (!Objects.equals(now, then)) {
                differing.add(name + " is " + now + " where " + then + " is recorded");
            }
        }
        return lost(version) + "training its run again gave " + got + " where " + version.digest()
                + " is recorded; what differs: "
                + (differing.isEmpty()
                        ? "nothing of its inputs, specs, engine versions and platform as far as they are recorded"
                        : String.join(", ", differing))
                + REMEDY;
    }

    private static String lost(VersionEntry version) {
        return "the artifact of " + version.version() + " is lost: ";
    }
}
