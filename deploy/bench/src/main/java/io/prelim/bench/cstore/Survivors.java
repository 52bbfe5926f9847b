package io.prelim.bench.cstore;

import io.prelim.local.stored.StoredObjects;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks in index and segments, opened anew after a kill, for every object that was acknowledged. */
final class Survivors {
    private Survivors() {}

    /** @return how many of the objects are not there byte for byte */
    static int lost(Database database, Path segments, List<Sent> acknowledged) throws IOException {
        int lost = 0;
        try (StoredObjects stored = StoredObjects.open(database, segments)) {
            Map<String, StoredObjects.Version> places = stored.versions().stream()
                    .collect(Collectors.toMap(StoredObjects.Version::sopInstanceUid, Function.identity()));
            for (Sent sent : acknowledged) {
                byte[] expected = sent.workload().buffer();
                for (int number = 0; number < sent.objects(); number++) {
                    StoredObjects.Version place = places.get(sent.workload().sopInstanceUid(number));
                    sent.workload().become(expected, number);
                    lost += place != null && Arrays.equals(stored.bytes(place), expected) ? 0 : 1;
                }
            }
        }
        return lost;
    }
}
