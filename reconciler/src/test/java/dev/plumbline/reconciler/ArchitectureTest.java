package dev.plumbline.reconciler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.plumbline.reconciler", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOM = "dev.plumbline.reconciler.";

    private static final DescribedPredicate<JavaClass> IN_A_NULL_MARKED_PACKAGE = DescribedPredicate.describe(
            "in a null-marked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class));

    /** The rooms of {@code policy} and {@code runtime} below their API package: who names one has chosen a provider. */
    private static final DescribedPredicate<JavaClass> A_PROVIDER = DescribedPredicate.describe(
            "a provider of policy or runtime",
            type -> type.getPackageName().startsWith("dev.plumbline.policy.")
                    || type.getPackageName().startsWith("dev.plumbline.runtime."));

    /** What knows what: a value goes from Git to the runtime in one direction. */
    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("signing")
            .definedBy(ROOM + "signing..")
            .layer("source")
            .definedBy(ROOM + "source..")
            .layer("ledger")
            .definedBy(ROOM + "ledger..")
            .layer("catalog")
            .definedBy(ROOM + "catalog..")
            .layer("plan")
            .definedBy(ROOM + "plan..")
            .layer("status")
            .definedBy(ROOM + "status..")
            .layer("apply")
            .definedBy(ROOM + "apply..")
            .layer("control")
            .definedBy(ROOM + "control..")
            .layer("report")
            .definedBy(ROOM + "report..")
            .layer("card")
            .definedBy(ROOM + "card..")
            .layer("scaffold")
            .definedBy(ROOM + "scaffold..")
            .layer("access")
            .definedBy(ROOM + "access..")
            .layer("notification")
            .definedBy(ROOM + "notification..")
            .layer("api")
            .definedBy(ROOM + "api..")
            .layer("cli")
            .definedBy(ROOM + "cli..")
            .layer("app")
            .definedBy(ROOM + "app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("api", "app")
            .whereLayer("card")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("report", "notification", "api", "cli", "app")
            .whereLayer("apply")
            .mayOnlyBeAccessedByLayers("control", "app")
            .whereLayer("scaffold")
            .mayOnlyBeAccessedByLayers("cli", "app")
            .whereLayer("signing")
            .mayOnlyBeAccessedByLayers("source", "ledger", "app")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers(
                    "ledger", "catalog", "apply", "control", "report", "scaffold", "api", "cli", "app")
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers(
                    "catalog", "plan", "apply", "control", "report", "notification", "card", "api", "cli", "app");

    /** Inside the command: what a verb runs in knows nothing of how answers look, and neither knows a flag or a verb. */
    @ArchTest
    static final ArchRule COMMAND = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("session")
            .definedBy(ROOM + "cli.session")
            .layer("text")
            .definedBy(ROOM + "cli.text")
            .layer("option")
            .definedBy(ROOM + "cli.option")
            .layer("verb")
            .definedBy(ROOM + "cli")
            .whereLayer("verb")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("option")
            .mayOnlyBeAccessedByLayers("verb")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("option", "verb");

    /** Inside the ledger: entries know neither the state that holds them nor the branch that keeps both; what an auditor reads knows entries. */
    @ArchTest
    static final ArchRule LEDGER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("entries")
            .definedBy(ROOM + "ledger")
            .layer("state")
            .definedBy(ROOM + "ledger.state")
            .layer("audit")
            .definedBy(ROOM + "ledger.audit")
            .layer("branch")
            .definedBy(ROOM + "ledger.git")
            .whereLayer("branch")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("branch")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("branch");

    /** Inside the source: revisions are read from the mirror, the mirror speaks with the remote, and none the other way. */
    @ArchTest
    static final ArchRule SOURCE = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("words")
            .definedBy(ROOM + "source")
            .layer("remote")
            .definedBy(ROOM + "source.remote")
            .layer("mirror")
            .definedBy(ROOM + "source.mirror")
            .layer("git")
            .definedBy(ROOM + "source.git")
            .whereLayer("git")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("mirror")
            .mayOnlyBeAccessedByLayers("git")
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("mirror", "git");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOM + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule GIT_ONLY_WHERE_COMMITS_ARE_READ_AND_WRITTEN = noClasses()
            .that()
            .resideOutsideOfPackages(ROOM + "source..", ROOM + "ledger.git..", ROOM + "scaffold..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..");

    @ArchTest
    static final ArchRule HTTP_ONLY_AT_THE_EDGE = noClasses()
            .that()
            .resideOutsideOfPackages(ROOM + "api..", ROOM + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule ONLY_THE_COMPOSITION_ROOT_NAMES_PROVIDERS =
            noClasses().that().resideOutsideOfPackage(ROOM + "app..").should().dependOnClassesThat(A_PROVIDER);

    @ArchTest
    static final ArchRule PLANS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage(ROOM + "plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule NULL_MARKED = classes().should(ArchCondition.from(IN_A_NULL_MARKED_PACKAGE));

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackages(ROOM + "cli..", ROOM + "app..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "puts a thread to sleep",
                    call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                            && call.getName().equals("sleep")));

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage(ROOM + "app..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");
}
