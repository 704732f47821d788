package dev.plumbline.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.plumbline.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsOnlySchemas = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "belong to a module other than schemas",
                    type -> type.getPackageName().startsWith("dev.plumbline.")
                            && !type.getPackageName().startsWith("dev.plumbline.runtime")
                            && !type.getPackageName().startsWith("dev.plumbline.schemas")));

    @ArchTest
    static final ArchRule portsAreFreeOfLibraries = classes()
            .that()
            .resideInAPackage("dev.plumbline.runtime")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.plumbline.runtime",
                    "dev.plumbline.schemas..",
                    "java..",
                    "com.fasterxml.jackson.annotation",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule fittingLibrariesStayInTraining =
            only("dev.plumbline.runtime.training..", "org.tribuo..", "ml.dmlc..", "com.oracle.labs..");

    @ArchTest
    static final ArchRule onnxStaysInItsRoom =
            only("dev.plumbline.runtime.onnx..", "ai.onnxruntime..", "ai.onnx..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule databaseStaysInData = only("dev.plumbline.runtime.data..", "org.duckdb..", "java.sql..");

    @ArchTest
    static final ArchRule vertxStaysAtTheEdge = only("dev.plumbline.runtime.serving..", "io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule hasNoCircles =
            slices().matching("dev.plumbline.runtime.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "be in a null-marked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    @ArchTest
    static final ArchRule onlyMainsOfChildrenUseStandardStreams = noClasses()
            .that(DescribedPredicate.describe(
                    "are not the main of a child process",
                    type -> type.tryGetMethod("main", String[].class).isEmpty()))
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule neverSleepsOrAsksTheTime = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    private static ArchRule only(String room, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
