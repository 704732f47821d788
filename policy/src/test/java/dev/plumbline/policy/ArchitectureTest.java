package dev.plumbline.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> IN_A_NULL_MARKED_PACKAGE = DescribedPredicate.describe(
            "in a null-marked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class));

    @ArchTest
    static final ArchRule POLICY_KNOWS_ONLY_SCHEMAS = noClasses()
            .that()
            .resideInAPackage("dev.plumbline.policy..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "of a room other than policy and schemas",
                    type -> type.getPackageName().startsWith("dev.plumbline.")
                            && !type.getPackageName().startsWith("dev.plumbline.policy")
                            && !type.getPackageName().startsWith("dev.plumbline.schemas")));

    @ArchTest
    static final ArchRule WASM_AND_THE_OPA_CLIENT_ONLY_IN_OPA = noClasses()
            .that()
            .resideOutsideOfPackage("dev.plumbline.policy.opa..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.dylibso..", "com.bisnode..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule THE_API_KNOWS_NO_ENGINE = noClasses()
            .that()
            .resideInAPackage("dev.plumbline.policy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.plumbline.policy.opa..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.plumbline.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NULL_MARKED = classes()
            .that()
            .resideInAPackage("dev.plumbline.policy..")
            .should(ArchCondition.from(IN_A_NULL_MARKED_PACKAGE));

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
