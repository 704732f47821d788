package dev.plumbline.reconciler.cli;

import dev.plumbline.policy.AdmissionEvidence;
import dev.plumbline.policy.Circumstances;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.policy.VersionNumbers;
import dev.plumbline.reconciler.catalog.CardNumbers;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.policies.PolicyDataReader;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** What the admission gate would say of specs that are not committed yet. */
final class AdmissionCheck {
    private final CardReader cards = new CardReader();
    private final SpecFolder folder;
    private final Judge judge;
    private final Clock clock;
    private final Optional<LedgerView> ledger;

    /** Without a ledger the numbers of cards are compared with nothing. */
    AdmissionCheck(SpecFolder folder, PolicyEngine engine, Clock clock, Optional<LedgerView> ledger) {
        this.folder = folder;
        this.ledger = ledger;
        this.judge = new Judge(engine, id -> Optional.empty());
        this.clock = clock;
    }

    List<Problem> problems(CatalogReading reading) throws IOException {
        PolicyDataReader.Reading policies = folder.policies();
        List<Problem> problems = new ArrayList<>(policies.problems());
        List<Declaration> declarations = List.copyOf(reading.declarations().values());
        List<Optional<ModelCard>> read =
                declarations.stream().map(each -> card(each.resource())).toList();
        List<Verdict> verdicts = judge.judge(
                IntStream.range(0, read.size())
                        .mapToObj(index -> question(declarations.get(index).resource(), read.get(index)))
                        .toList(),
                Circumstances.of(policies.data().orElse(PolicyData.NONE), clock.instant()));
        for (int index = 0; index < declarations.size(); index++) {
            for (Finding finding : verdicts.get(index).findings()) {
                problems.add(problem(declarations.get(index), read.get(index), finding));
            }
        }
        return problems;
    }

    private Optional<ModelCard> card(Resource resource) {
        return resource.spec() instanceof ModelSpec model
                ? model.card()
                        .flatMap(path ->
                                folder.start(path, CardReader.MOST_BYTES + 1).map(bytes -> cards.read(path, bytes)))
                : Optional.empty();
    }

    private Question question(Resource resource, Optional<ModelCard> card) {
        Optional<SortedMap<String, VersionNumbers>> measured = card.flatMap(
                read -> ledger.map(view -> CardNumbers.of(resource.id().name(), read, view)));
        Map<String, Digest> refers = Map.of("spec", resource.digest());
        return Question.about(
                resource.id().toString(), new AdmissionEvidence(resource, card, measured), refers, Optional.empty());
    }

    /** A finding about the card stands in the card, any other in the spec. */
    private static Problem problem(Declaration declaration, Optional<ModelCard> card, Finding finding) {
        Optional<Position> inCard = card.flatMap(read -> read.at(finding.path()));
        Position position = inCard.orElseGet(() -> declaration.places().valueAt(finding.path()));
        return new Problem(
                card.filter(read -> inCard.isPresent())
                        .map(ModelCard::file)
                        .orElse(declaration.resource().file()),
                position.line(),
                position.column(),
                finding.path(),
                finding.id(),
                finding.severity() == Finding.Severity.DENY ? Severity.ERROR : Severity.WARNING,
                finding.message(),
                finding.remediation(),
                Optional.of(declaration.resource().id()));
    }
}
