package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.policies.PolicyDataReader;
import dev.plumbline.schemas.policies.PolicyFiles;
import dev.plumbline.schemas.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the policy data that a revision is judged by. A revision that changes it is judged by what held before it, too: a
 * commit must not bring the rule by which it passes. Data that cannot be read changes nothing.
 */
public final class PolicyBase {
    private static final PolicyDataReader.Reading NOTHING =
            new PolicyDataReader.Reading(Optional.of(PolicyData.NONE), List.of());

    private final Source source;
    private final PolicyDataReader reader = new PolicyDataReader();

    /** Of the revisions of this source. */
    public PolicyBase(Source source) {
        this.source = source;
    }

    /**
     * By what a revision is judged.
     *
     * @param accepted what holds from this revision on; empty when neither its data nor what held before can be read, so
     *     that nobody knows what must not be
     * @param before what held before it
     * @param base the revision before, where its data is other
     * @param problems what is wrong with the revision's own data
     */
    public record Judged(
            Optional<PolicyData> accepted,
            PolicyData before,
            Optional<Snapshot> base,
            AdmissionEntry.Policies entry,
            List<Problem> problems) {
        /** By what gates judge these specs of the revision. */
        public PoliciesInForce inForce(Collection<Resource> specs, Snapshot now) {
            return new PoliciesInForce(
                    accepted.orElse(PolicyData.NONE),
                    base.map(former -> new PoliciesInForce.Former(
                            entry.base(),
                            before,
                            before.digest(),
                            specs.stream()
                                    .filter(each -> byBoth(each, now))
                                    .map(Resource::id)
                                    .collect(Collectors.toCollection(TreeSet::new)))));
        }

        /** Whether what held before has a say in this spec: the revision changed it together with the policies. */
        boolean byBoth(Resource resource, Snapshot now) {
            return base.filter(former -> Stream.concat(
                                    Stream.of(resource.file()), PolicyAdmission.card(resource.spec()).stream())
                            .anyMatch(file -> !Objects.equals(
                                    former.blobs().get(file), now.blobs().get(file))))
                    .isPresent();
        }
    }

    /** The revision that was admitted last, and by what. */
    public record Last(Revision revision, Optional<AdmissionEntry.Policies> policies) {
        /** As it is on record. */
        public static Last of(AdmissionEntry entry) {
            return new Last(entry.revision(), entry.policies());
        }
    }

    /**
     * By what this revision is judged.
     *
     * @param last what was admitted last, which may be this very revision
     * @throws Source.SourceException {@code Damaged} when data that held is lost here
     */
    public Judged of(Snapshot now, Optional<Last> last) throws Source.SourceException {
        String file = PolicyFiles.data(now.root());
        List<Problem> problems = new ArrayList<>(PolicyFiles.unread(now.blobs().keySet(), now.root()));
        Optional<String> own = Optional.ofNullable(now.blobs().get(file));
        PolicyDataReader.Reading reading = read(now, file, own);
        problems.addAll(reading.problems());
        Optional<PolicyData> sound = problems.isEmpty() ? reading.data() : Optional.empty();
        boolean again = last.map(Last::revision).equals(Optional.of(now.revision()));
        Optional<String> before = last.flatMap(Last::policies)
                .flatMap(again ? AdmissionEntry.Policies::before : AdmissionEntry.Policies::accepted);
        Optional<PolicyData> held = last.isPresent() ? read(now, file, before).data() : Optional.empty();
        if (held.isEmpty()) {
            return new Judged(
                    sound,
                    sound.orElse(PolicyData.NONE),
                    Optional.empty(),
                    new AdmissionEntry.Policies(now.revision(), own, own),
                    problems);
        }
        Revision base = again
                ? last.flatMap(Last::policies)
                        .map(AdmissionEntry.Policies::base)
                        .orElse(now.revision())
                : last.get().revision();
        PolicyData accepted = sound.orElse(held.get());
        return new Judged(
                Optional.of(accepted),
                held.get(),
                held.get().equals(accepted) ? Optional.empty() : Optional.of(source.at(base)),
                new AdmissionEntry.Policies(base, before, sound.isPresent() ? own : before),
                problems);
    }

    private PolicyDataReader.Reading read(Snapshot now, String file, Optional<String> blob)
            throws Source.SourceException {
        try {
            return blob.isPresent() ? reader.read(file, now.read(blob.get())) : NOTHING;
        } catch (Snapshot.DamagedException damaged) {
            throw new Source.SourceException("Damaged", file + " cannot be read", damaged);
        } catch (IOException unreadable) {
            return new PolicyDataReader.Reading(
                    Optional.empty(), List.of(PolicyFiles.unreadable(file, String.valueOf(unreadable.getMessage()))));
        }
    }
}
