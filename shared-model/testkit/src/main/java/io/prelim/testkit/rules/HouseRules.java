package io.prelim.testkit.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Layering rules over the classes of one module. */
public final class HouseRules {
    private static final String[] PURE = {
        "io.prelim.ingest.assembly..",
        "io.prelim.inference.plan..",
        "io.prelim.inference.interpret..",
        "io.prelim.inference.model..",
        "io.prelim.report.compare..",
        "io.prelim.report.draft..",
        "io.prelim.report.lifecycle..",
        "io.prelim.report.review..",
        "io.prelim.report.statement..",
        "io.prelim.report.template.."
    };
    private static final String[] SERVICES = {
        "io.prelim.ingest..", "io.prelim.inference..", "io.prelim.report..", "io.prelim.local.."
    };

    private HouseRules() {}

    /**
     * Checks every rule over the classes below a package, tests left out.
     *
     * @throws AssertionError naming the rule, its reason and each place that breaks it
     */
    public static void check(String rootPackage) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(rootPackage);
        if (classes.isEmpty()) {
            throw new AssertionError("no class below " + rootPackage + ": the rules would hold of nothing");
        }
        rules(rootPackage).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static List<ArchRule> rules(String root) {
        return List.of(
                noService("ingest"),
                noService("inference"),
                noService("report"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.prelim.events..", "io.prelim.dicom..", "io.prelim.store..", "io.prelim.mllp..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..")
                                .or(resideInAnyPackage(SERVICES)))
                        .because("shared-model is used by every service and by tools: it knows no framework and no"
                                + " service"),
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "java.net..",
                                "java.sql..",
                                "javax.sql..",
                                "jakarta..",
                                "io.quarkus..",
                                "io.smallrye..",
                                "io.vertx..",
                                "org.apache.kafka..",
                                "org.hibernate..",
                                "ai.onnxruntime..",
                                "org.eclipse.microprofile.."))
                        .because("decisions are pure: no socket, database or framework"),
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .because("decisions are pure: time is handed to them"),
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVICES)
                        .and()
                        .resideOutsideOfPackages("..intake..", "..publish..", "..ledger.intake..", "io.prelim.local..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "org.apache.kafka..",
                                "org.eclipse.microprofile.reactive.messaging..",
                                "io.smallrye.reactive.messaging.."))
                        .because("only intake and publish touch Kafka: the rest of a service never knows how events"
                                + " travel"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.prelim.inference.runtime..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."))
                        .because("only runtime knows which engine runs a model"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.prelim.store.s3..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("software.amazon.."))
                        .because("only store.s3 knows by which client a copy is made"),
                noClasses()
                        .that()
                        .resideInAPackage("io.prelim.dicom..")
                        .and()
                        .resideOutsideOfPackage("io.prelim.dicom.net.transport..")
                        .should()
                        .dependOnClassesThat(sockets())
                        .because("only dicom.net.transport opens DICOM sockets: one place bounds and closes them"),
                noClasses()
                        .that()
                        .resideInAPackage("io.prelim.inference..")
                        .should()
                        .dependOnClassesThat(DescribedPredicate.describe(
                                "hold patient identity",
                                type -> type.getName().equals("io.prelim.events.Phi")
                                        || type.getName().equals("io.prelim.events.PatientContext")
                                        || type.getName().equals("io.prelim.events.ReportSigned")))
                        .because("inference never gets direct identifiers"),
                slices().matching(root + ".(**)").should().beFreeOfCycles());
    }

    private static ArchRule noService(String name) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.prelim." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.prelim." + name + ".."))
                .because("services meet in events and HTTP, never in code");
    }

    private static DescribedPredicate<JavaClass> sockets() {
        return DescribedPredicate.describe(
                "open sockets",
                type -> List.of(
                                "java.net.Socket",
                                "java.net.ServerSocket",
                                "java.nio.channels.SocketChannel",
                                "java.nio.channels.ServerSocketChannel")
                        .contains(type.getName()));
    }
}
