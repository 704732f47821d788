package dev.plumbline.webhooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.util.Arrays;

@AnalyzeClasses(packages = "dev.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ALL = "dev.plumbline.webhooks..";

    @ArchTest
    static final ArchRule WEBHOOKS_KNOW_ONLY_SCHEMAS = noClasses()
            .that()
            .resideInAPackage(ALL)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "of a room other than webhooks and schemas",
                    type -> type.getPackageName().startsWith("dev.plumbline.")
                            && !type.getPackageName().startsWith("dev.plumbline.webhooks")
                            && !type.getPackageName().startsWith("dev.plumbline.schemas")));

    /** A delivery is received, read as its forge's, and proved; what is sent has nothing to do with what is received. */
    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("receive")
            .definedBy("dev.plumbline.webhooks.receive")
            .layer("send")
            .definedBy("dev.plumbline.webhooks.send")
            .layer("forge")
            .definedBy("dev.plumbline.webhooks.forge")
            .layer("proof")
            .definedBy("dev.plumbline.webhooks.proof")
            .layer("words")
            .definedBy("dev.plumbline.webhooks")
            .whereLayer("receive")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("send")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("forge")
            .mayOnlyBeAccessedByLayers("receive")
            .whereLayer("proof")
            .mayOnlyBeAccessedByLayers("receive", "forge", "send")
            .whereLayer("words")
            .mayOnlyBeAccessedByLayers("receive", "forge", "proof", "send");

    /** W5: a delivery cannot make us ask anybody, since nothing that takes one could ask. */
    @ArchTest
    static final ArchRule NOTHING_OPENS_A_CONNECTION_OR_STARTS_A_PROCESS = noClasses()
            .that()
            .resideInAPackage(ALL)
            .and()
            .resideOutsideOfPackage("dev.plumbline.webhooks.send")
            .and()
            .haveSimpleNameNotEndingWith("Test")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "can reach somebody",
                    type -> type.isAssignableTo(Process.class)
                            || type.isAssignableTo(ProcessBuilder.class)
                            || type.isAssignableTo(Runtime.class)
                            || type.getPackageName().startsWith("java.nio.channels")
                            || (type.getPackageName().startsWith("java.net")
                                    && !type.isEquivalentTo(URI.class)
                                    && !type.isEquivalentTo(URISyntaxException.class))));

    /** W1: how long a comparison takes must tell nothing of what was expected. */
    @ArchTest
    static final ArchRule PROOFS_ARE_COMPARED_IN_CONSTANT_TIME = classes()
            .that()
            .haveSimpleName("HmacCheck")
            .or()
            .haveSimpleName("Secrets")
            .should()
            .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule BYTES_ARE_COMPARED_IN_NO_OTHER_WAY = noClasses()
            .that()
            .resideInAPackage(ALL)
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
