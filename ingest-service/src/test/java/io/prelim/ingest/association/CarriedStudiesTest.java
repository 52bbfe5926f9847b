package io.prelim.ingest.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CarriedStudiesTest {
    private final CarriedStudies carried = new CarriedStudies();
    private final UUID study = UUID.randomUUID();

    @Test
    void aStudyEndsWithTheAssociationThatCarriedIt() {
        UUID other = UUID.randomUUID();
        carried.carried("a", study);
        carried.carried("a", other);

        assertThat(carried.ended("a")).containsExactlyInAnyOrder(study, other);
        assertThat(carried.ended("a")).isEmpty();
    }

    @Test
    void aStudyThatSeveralCarryEndsWithTheLast() {
        carried.carried("a", study);
        carried.carried("b", study);

        assertThat(carried.ended("a")).isEmpty();
        assertThat(carried.ended("b")).containsExactly(study);
    }

    @Test
    void oneAssociationIsRememberedForSoManyStudies() {
        for (int i = 0; i < CarriedStudies.MOST + 10; i++) {
            carried.carried("a", UUID.randomUUID());
        }

        assertThat(carried.ended("a")).hasSize(CarriedStudies.MOST);
    }
}
