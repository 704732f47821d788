package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Providers;
import dev.plumbline.reconciler.cli.session.SpecChange;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with cards: what the admission gate would say of them, and what only a clone and a ledger can tell. */
final class CardLint {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final SpecFolder folder;
    private final AdmissionCheck admission;
    private final Optional<LedgerView> ledger;
    private final Providers providers;

    CardLint(SpecFolder folder, AdmissionCheck admission, Optional<LedgerView> ledger, Providers providers) {
        this.folder = folder;
        this.admission = admission;
        this.ledger = ledger;
        this.providers = providers;
    }

    /** Of these Models' cards. */
    List<Problem> problems(CatalogReading reading, Set<ResourceId> models) throws CommandException, IOException {
        List<Problem> problems = new ArrayList<>(admission.problems(reading).stream()
                .filter(each -> each.resource().filter(models::contains).isPresent())
                .filter(each ->
                        each.pointer().equals("/spec/card") || each.pointer().startsWith("/card"))
                .toList());
        for (Declaration declaration : reading.declarations().values()) {
            Resource model = declaration.resource();
            if (models.contains(model.id())
                    && model.spec() instanceof ModelSpec spec
                    && spec.card().isPresent()) {
                String card = spec.card().get();
                problems.addAll(unknownDigests(model, spec.riskTier(), card));
                problems.addAll(older(model, spec.riskTier(), card, described(model, reading)));
            }
        }
        return problems;
    }

    private List<Problem> unknownDigests(Resource model, RiskTier tier, String card) {
        Optional<String> text =
                folder.start(card, CardReader.MOST_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (text.isEmpty() || ledger.isEmpty()) {
            return List.of();
        }
        Set<String> known = known(model.id().name(), ledger.get());
        List<Problem> problems = new ArrayList<>();
        String[] lines = text.get().split("\\R", -1);
        for (int line = 0; line < lines.length; line++) {
            Matcher digest = DIGEST.matcher(lines[line]);
            while (digest.find()) {
                if (!known.contains(digest.group())
                        && ledger.get().verdict(new Digest(digest.group())).isEmpty()) {
                    problems.add(problem(
                            model,
                            tier,
                            card,
                            line + 1,
                            digest.start() + 1,
                            "card-digest-known",
                            "the ledger has no " + digest.group() + " of this model",
                            "write a digest as plumb lineage shows it, or leave it out"));
                }
            }
        }
        return problems;
    }

    /** Digests of what the versions of a model are and were made from. */
    private static Set<String> known(String model, LedgerView ledger) {
        Set<String> known = new HashSet<>();
        for (VersionEntry version : ledger.versions(model)) {
            known.addAll(List.of(
                    version.digest().value(),
                    version.run().digest().value(),
                    version.inputs().dataset().value(),
                    version.trainingRows().value(),
                    version.verdict().value()));
            version.specs().values().forEach(spec -> known.add(spec.value()));
        }
        return known;
    }

    private List<Problem> older(Resource model, RiskTier tier, String card, List<Resource> described)
            throws CommandException {
        if (!folder.repository()) {
            return List.of();
        }
        Path root = folder.root();
        return providers.changedSince(root, card, described).stream()
                .map(change -> problem(
                        model,
                        tier,
                        card,
                        1,
                        1,
                        "card-up-to-date",
                        said(change),
                        "read the card again; a" + " commit that changes it says that somebody did"))
                .toList();
    }

    private static String said(SpecChange change) {
        return change.spec() + " asks for something else since commit "
                + change.changed().shortened() + ", and the card was last changed before that, in "
                + change.written().shortened();
    }

    /** The specs that say what the model learns, how and from what. */
    private static List<Resource> described(Resource model, CatalogReading reading) {
        List<Resource> described = new ArrayList<>();
        for (Declaration each : reading.declarations().values()) {
            if (each.resource().spec() instanceof TrainingSpec training
                    && training.model().equals(model.id().name())) {
                described.add(each.resource());
                Optional.ofNullable(reading.declarations().get(new ResourceId(Kind.DATASET, training.dataset())))
                        .map(Declaration::resource)
                        .filter(dataset -> dataset.spec() instanceof DatasetSpec)
                        .ifPresent(described::add);
            }
        }
        return described;
    }

    private static Problem problem(
            Resource model,
            RiskTier tier,
            String card,
            int line,
            int column,
            String code,
            String message,
            String hint) {
        return new Problem(
                card,
                line,
                column,
                "",
                code,
                tier == RiskTier.LOW ? Severity.WARNING : Severity.ERROR,
                message,
                Optional.of(hint),
                Optional.of(model.id()));
    }
}
