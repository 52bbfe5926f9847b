package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.fixture.TestPackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    Path folder;

    private Deployment first;
    private Deployment changed;

    @BeforeEach
    void read() throws Exception {
        TestPackages.brightness(folder);
        first = new Deployment(PackageReader.read(folder), false, Optional.empty());
        Files.writeString(folder.resolve("card.yaml"), "clearance: none\nregion: []\nexpires: 2030-01-01\n");
        changed = new Deployment(PackageReader.read(folder), false, Optional.empty());
    }

    @Test
    void whatIsNoLongerFoundIsRetiredSinceThen() {
        Catalogue gone = new Catalogue(List.of(first), List.of()).next(List.of(), List.of(), NOW);

        assertThat(gone.deployments()).isEmpty();
        assertThat(gone.retired())
                .containsExactly(
                        new Catalogue.Retired(first.name(), first.modelPackage().digest(), NOW));
        assertThat(gone.next(List.of(), List.of(), NOW.plusSeconds(9)).retired())
                .isEqualTo(gone.retired());
    }

    @Test
    void anotherCardMakesAnotherDeploymentOfTheSameName() {
        Catalogue before = new Catalogue(List.of(first), List.of());

        Catalogue next = before.next(List.of(changed), List.of(), NOW);

        assertThat(next.without(before)).containsExactly(changed);
        assertThat(before.without(next)).containsExactly(first);
        assertThat(next.byName(first.name())).contains(changed);
        assertThat(next.retired())
                .extracting(Catalogue.Retired::digest)
                .containsExactly(first.modelPackage().digest());
    }

    @Test
    void whatComesBackIsRetiredNoMore() {
        Catalogue gone = new Catalogue(List.of(first), List.of()).next(List.of(), List.of(), NOW);

        assertThat(gone.next(List.of(first), List.of(), NOW).retired()).isEmpty();
    }

    @Test
    void theRetiredAreBounded() {
        Catalogue catalogue = new Catalogue(List.of(first), List.of());
        for (int i = 0; i < 300; i++) {
            Deployment next = i % 2 == 0 ? changed : first;
            catalogue = catalogue.next(List.of(next), List.of(), NOW.plusSeconds(i));
        }

        assertThat(catalogue.retired()).hasSizeLessThanOrEqualTo(Catalogue.MAX_RETIRED);
    }

    @Test
    void itSaysWhyAModelRunsAsShadowOrForResearch() throws Exception {
        java.time.LocalDate today = java.time.LocalDate.parse("2026-11-27");
        assertThat(first.whyShadow(today)).isEmpty();
        assertThat(new Deployment(first.modelPackage(), true, Optional.empty()).whyShadow(today))
                .contains("the site runs it as shadow");
        assertThat(first.whyShadow(java.time.LocalDate.parse("2028-01-01")))
                .contains("its card was to be relied on until 2027-11-30");
        assertThat(first.whyResearchOnly()).contains("it has no clearance");

        Files.writeString(folder.resolve("card.yaml"), "clearance: CE 0000\nregion: [EU, UK]\nexpires: 2030-01-01\n");
        ModelPackage cleared = PackageReader.read(folder);
        assertThat(new Deployment(cleared, false, Optional.of("EU")).whyResearchOnly())
                .isEmpty();
        assertThat(new Deployment(cleared, false, Optional.of("US")).whyResearchOnly())
                .contains("its clearance holds in EU, UK, not in US");
        assertThat(new Deployment(cleared, false, Optional.empty())
                        .whyResearchOnly()
                        .orElseThrow())
                .startsWith("the site has not said its region");

        Files.delete(folder.resolve("card.yaml"));
        Deployment without = new Deployment(PackageReader.read(folder), false, Optional.of("EU"));
        assertThat(without.whyShadow(today).orElseThrow()).contains("card.yaml: is not in the package");
        assertThat(without.whyResearchOnly()).isPresent();
    }
}
