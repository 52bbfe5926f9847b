package io.prelim.dicom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house rules of this module, which the test kit builds upon and so cannot check. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.prelim.dicom");

    @Test
    void nothingButTheJdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.prelim.dicom.json", "io.prelim.dicom.pixel.codec")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax.imageio..", "io.prelim.dicom..")
                .because("every service and tool uses this module: it brings nothing with it but what decodes pixels")
                .check(CLASSES);
    }

    @Test
    void jsonNeedsItsTokensOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.prelim.dicom.json")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "io.prelim.dicom..", "com.fasterxml.jackson.core..")
                .because("data sets are streamed between JSON and objects, nothing is bound by reflection")
                .check(CLASSES);
    }

    @Test
    void codecsNeedNoLibraryByName() {
        noClasses()
                .that()
                .resideInAPackage("io.prelim.dicom.pixel.codec")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax.imageio..", "io.prelim.dicom..")
                .because("what decodes is found as a service: a site's own plug-in stands in its place")
                .check(CLASSES);
    }

    @Test
    void pixelsBuildUponObjectsAndNotTheReverse() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.prelim.dicom.pixel..", "io.prelim.dicom.volume")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.prelim.dicom.pixel..", "java.awt..", "javax.imageio..")
                .because("who receives and forwards objects decodes no pixels, and loads nothing of the desktop")
                .check(CLASSES);
    }

    @Test
    void volumesAreJudgedWithoutPixels() {
        noClasses()
                .that()
                .resideInAPackage("io.prelim.dicom.volume")
                .and()
                .haveNameNotMatching(".*VolumeReader.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.prelim.dicom.pixel..", "java.io..", "java.nio.file..", "java.nio.channels..")
                .because("whether a series is a volume is told from its headers, by pure functions")
                .check(CLASSES);
    }

    @Test
    void noCycles() {
        slices().matching("io.prelim.dicom.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("io.prelim.dicom.pixel.(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noSockets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..")
                .because("only dicom.net.transport opens DICOM sockets")
                .check(CLASSES);
    }
}
