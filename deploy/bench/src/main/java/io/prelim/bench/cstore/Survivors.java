package io.prelim.bench.cstore;

import io.prelim.local.stored.StoredObjects;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks in index and segments, opened anew after a kill, for every object that was acknowledged. */
final class Survivors {
    private Survivors() {}

    /** @return how many objects of 0 to {@code acknowledged - 1} are not there byte for byte */
    static int lost(Database database, Path segments, Workload workload, int acknowledged) throws IOException {
        int lost = 0;
        byte[] expected = workload.buffer();
        try (StoredObjects stored = StoredObjects.open(database, segments)) {
            Map<String, StoredObjects.Version> places = stored.versions().stream()
                    .collect(Collectors.toMap(StoredObjects.Version::sopInstanceUid, Function.identity()));
            for (int number = 0; number < acknowledged; number++) {
                StoredObjects.Version place = places.get(workload.sopInstanceUid(number));
                workload.become(expected, number);
                lost += place != null && Arrays.equals(stored.bytes(place), expected) ? 0 : 1;
            }
        }
        return lost;
    }
}
