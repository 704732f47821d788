package dev.plumbline.webhooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule WEBHOOKS_KNOW_ONLY_SCHEMAS = noClasses()
            .that()
            .resideInAPackage("dev.plumbline.webhooks..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "of a room other than webhooks and schemas",
                    type -> type.getPackageName().startsWith("dev.plumbline.")
                            && !type.getPackageName().startsWith("dev.plumbline.webhooks")
                            && !type.getPackageName().startsWith("dev.plumbline.schemas")));

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
