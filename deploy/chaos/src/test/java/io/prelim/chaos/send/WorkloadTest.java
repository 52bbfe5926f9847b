package io.prelim.chaos.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final int STUDIES = 150;
    private static final List<Script> SCRIPTS = scripts(3);

    private static List<Script> scripts(long seed) {
        Workload workload = new Workload(seed);
        List<Script> scripts = new ArrayList<>();
        for (int number = 0; number < STUDIES; number++) {
            scripts.add(workload.study(number));
        }
        return scripts;
    }

    private static Stream<Parcel> parcels(List<Script> scripts) {
        return scripts.stream().flatMap(script -> Stream.concat(script.first().stream(), script.late().stream()));
    }

    private static String written(Parcel parcel) {
        return parcel + " " + parcel.announcedUid() + " " + Arrays.hashCode(parcel.dataSet());
    }

    @Test
    void theSeedDecidesEveryByte() {
        List<String> one = parcels(SCRIPTS).map(WorkloadTest::written).toList();

        assertThat(parcels(scripts(3)).map(WorkloadTest::written)).isEqualTo(one);
        assertThat(parcels(scripts(4)).map(WorkloadTest::written)).doesNotContainAnyElementsOf(one);
    }

    @Test
    void everyKindOfParcelComesAndIdsAreUnique() {
        List<Parcel> all = parcels(SCRIPTS).toList();

        assertThat(all.stream().map(Parcel::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Parcel.Kind.class));
        assertThat(all).extracting(Parcel::id).doesNotHaveDuplicates();
        assertThat(SCRIPTS).anyMatch(script -> !script.late().isEmpty());
        assertThat(SCRIPTS).anyMatch(script -> !script.images());
    }

    @Test
    void whatFollowsOnAnObjectComesAfterIt() {
        for (Script script : SCRIPTS) {
            Set<String> sent = new HashSet<>();
            Stream.concat(script.first().stream(), script.late().stream()).forEach(parcel -> {
                boolean follows = EnumSet.of(
                                Parcel.Kind.DUPLICATE, Parcel.Kind.CHANGED_HEADER, Parcel.Kind.OTHER_PIXELS)
                        .contains(parcel.kind());
                assertThat(sent.contains(parcel.sopInstanceUid()))
                        .as(parcel.toString())
                        .isEqualTo(follows);
                sent.add(parcel.sopInstanceUid());
            });
        }
    }

    @Test
    void otherPixelsDifferInPixelsAlone() {
        List<Parcel> all = parcels(SCRIPTS).toList();
        Parcel other = all.stream()
                .filter(parcel -> parcel.kind() == Parcel.Kind.OTHER_PIXELS)
                .findFirst()
                .orElseThrow();
        Parcel object = all.stream()
                .filter(parcel -> parcel.sopInstanceUid().equals(other.sopInstanceUid()))
                .findFirst()
                .orElseThrow();

        int differing = 0;
        for (int i = 0; i < object.dataSet().length; i++) {
            differing += object.dataSet()[i] == other.dataSet()[i] ? 0 : 1;
        }
        assertThat(differing).isEqualTo(1);
        assertThat(other.dataSet()[other.dataSet().length - 2])
                .isNotEqualTo(object.dataSet()[object.dataSet().length - 2]);
    }
}
