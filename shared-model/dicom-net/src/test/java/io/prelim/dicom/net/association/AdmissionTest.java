package io.prelim.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prelim.dicom.net.association.AssociationDecision.Accept;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Accept STRANGER = new Accept(false, 0);
    private static final Accept KNOWN = new Accept(true, 0);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean associate(Admission admission, int address, String title, Accept accept) {
        return admission.connect(address(address), accept.reserved()).associate(title, accept);
    }

    @Test
    void asManyAssociationsAsThereAre() {
        Admission admission = new Admission(Limits.DEFAULT.withMaxAssociations(2));

        assertThat(associate(admission, 1, "A", STRANGER)).isTrue();
        assertThat(associate(admission, 2, "B", KNOWN)).isTrue();
        assertThat(associate(admission, 3, "C", KNOWN)).isFalse();
        assertThat(admission.associations()).isEqualTo(2);
    }

    @Test
    void strangersNeverTakeWhatIsReserved() {
        Admission admission =
                new Admission(Limits.DEFAULT.withMaxAssociations(4).withReservedAssociations(3));

        assertThat(associate(admission, 1, "A", STRANGER)).isTrue();
        assertThat(associate(admission, 2, "B", STRANGER)).isFalse();
        for (int i = 3; i < 6; i++) {
            assertThat(associate(admission, i, "K", KNOWN)).isTrue();
        }
        assertThat(associate(admission, 6, "K", KNOWN)).isFalse();
    }

    @Test
    void theKnownMayUseWhatIsNotReserved() {
        Admission admission =
                new Admission(Limits.DEFAULT.withMaxAssociations(2).withReservedAssociations(1));

        assertThat(associate(admission, 1, "K", KNOWN)).isTrue();
        assertThat(associate(admission, 2, "K", KNOWN)).isTrue();
        assertThat(associate(admission, 3, "A", STRANGER)).isFalse();
    }

    @Test
    void onePeerHasItsShare() {
        Admission admission = new Admission(Limits.DEFAULT.withMaxPerPeer(1));

        assertThat(associate(admission, 1, "A", STRANGER)).isTrue();
        assertThat(associate(admission, 1, "A", STRANGER)).isFalse();
        assertThat(associate(admission, 1, "B", STRANGER)).isTrue();
        assertThat(associate(admission, 2, "A", STRANGER)).isTrue();
        // what the policy says goes before
        assertThat(associate(admission, 1, "A", new Accept(false, 2))).isTrue();
        assertThat(associate(admission, 1, "A", new Accept(false, 2))).isFalse();
    }

    @Test
    void oneAddressDoesNotTakeAllTheWaitingRoom() {
        Admission admission = new Admission(Limits.DEFAULT.withMaxWaitingPerAddress(2));
        Admission.Place first = admission.connect(address(1), false);
        admission.connect(address(1), false);

        assertThat(admission.connect(address(1), false)).isNull();
        assertThat(admission.connect(address(2), false)).isNotNull();

        assertThat(first.associate("A", STRANGER)).isTrue();
        assertThat(admission.connect(address(1), false)).isNotNull();
    }

    @Test
    void strangersDoNotFillTheWaitingRoomOfTheKnown() {
        // 4 associations and 8 spare connections; strangers have 2 and 4 of them
        Admission admission =
                new Admission(Limits.DEFAULT.withMaxAssociations(4).withReservedAssociations(2));
        long strangers = IntStream.range(1, 20)
                .mapToObj(i -> admission.connect(address(i), false))
                .filter(Objects::nonNull)
                .count();

        assertThat(strangers).isEqualTo(6);
        long known = IntStream.range(1, 20)
                .mapToObj(i -> admission.connect(address(100 + i), true))
                .filter(Objects::nonNull)
                .count();
        assertThat(known).isEqualTo(6);
    }

    @Test
    void whoeverLeavesMakesRoomOnce() {
        Admission admission = new Admission(
                Limits.DEFAULT.withMaxAssociations(1).withMaxPerPeer(1).withMaxWaitingPerAddress(1));
        for (int round = 0; round < 100; round++) {
            Admission.Place place = admission.connect(address(1), false);
            assertThat(place.associate("A", STRANGER)).isTrue();
            place.dissociate();
            assertThat(admission.associations()).isZero();
            assertThat(admission.connect(address(1), false)).as("it lingers").isNull();
            place.leave();
            place.leave();
        }
        List<Admission.Place> places = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            places.add(admission.connect(address(i), false));
        }
        assertThat(places).filteredOn(Objects::nonNull).hasSize(9);
    }

    @Test
    void limitsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.DEFAULT.withReservedAssociations(65))
                .withMessage("reservedAssociations must be 0 to 64");
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULT.withMaxPerPeer(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULT.withMaxWaitingPerAddress(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Accept(true, -1));
    }
}
