package io.prelim.store.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.store.copy.CopyStore.Entry;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyKeysTest {
    private static final UUID ID = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    private final CopyKeys keys = new CopyKeys(ID);

    @Test
    void aKeyGivesItsPlaceBack() {
        Range range = new Range(12, 4096, 5000);

        String key = keys.of(range);

        assertThat(key).isEqualTo(ID + "/0000000000000012/0000000000004096-0000000000000904");
        assertThat(CopyKeys.place(new Entry(key, 904))).contains(range);
    }

    @Test
    void anObjectOfAnotherLengthThanItsKeySaysDoesNotCount() {
        assertThat(CopyKeys.place(new Entry(keys.of(new Range(12, 4096, 5000)), 903)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8/readme",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8/12/0-1",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8/0000000000000012/0000000000000000-0000000000000000",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8/0000000000000000/0000000000000000-0000000000000001",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8/0000000000000012/000000000000000x-0000000000000001"
            })
    void whatIsNoObjectOfACopyIsPassedOver(String key) {
        assertThat(CopyKeys.place(new Entry(key, 1))).isEmpty();
    }

    @Test
    void findsTheNextSegmentOfThisLogAlone() throws Exception {
        FakeCopyStore store = new FakeCopyStore();
        store.objects.put(keys.of(new Range(2, 0, 1)), new byte[1]);
        store.objects.put(keys.of(new Range(2, 1, 2)), new byte[1]);
        store.objects.put(keys.of(new Range(7, 0, 1)), new byte[1]);
        store.objects.put(new CopyKeys(new UUID(-1, -1)).of(new Range(9, 0, 1)), new byte[1]);

        assertThat(keys.segmentAfter(store, 0)).hasValue(2);
        assertThat(keys.segmentAfter(store, 2)).hasValue(7);
        assertThat(keys.segmentAfter(store, 7)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void listsASegmentOfMoreObjectsThanAPageHolds() throws Exception {
        FakeCopyStore store = new FakeCopyStore();
        for (int i = 0; i < 2500; i++) {
            store.objects.put(keys.of(new Range(3, i, i + 1)), new byte[1]);
        }

        assertThat(keys.ranges(store, 3))
                .hasSize(2500)
                .startsWith(new Range(3, 0, 1))
                .endsWith(new Range(3, 2499, 2500));
    }
}
