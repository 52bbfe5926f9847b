package io.prelim.ingest.index;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a group of new instances changes in one study.
 *
 * @param imageQuiet milliseconds from now that the study must be quiet for its new images, -1 when none is an image
 * @param otherQuiet the same for its other objects, which move nothing but a study that nothing else would end
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Arrival(
        UUID studyKey,
        long images,
        long imageQuiet,
        long otherQuiet,
        String priority,
        @JsonIgnore NewInstance.Identity identity) {

    /** One a study, in order of key. */
    static List<Arrival> of(List<NewInstance> added) {
        return added.stream()
                .collect(Collectors.groupingBy(
                        instance -> instance.study().studyKey(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(study -> of(study.getKey(), study.getValue()))
                .toList();
    }

    private static Arrival of(UUID studyKey, List<NewInstance> added) {
        boolean stat =
                added.stream().anyMatch(instance -> instance.study().priority().equals("STAT"));
        return new Arrival(
                studyKey,
                added.stream().filter(instance -> instance.instance().image()).count(),
                quiet(added, true),
                quiet(added, false),
                stat ? "STAT" : "ROUTINE",
                new NewInstance.Identity(
                        studyKey,
                        first(added, NewInstance.Identity::patientName),
                        first(added, NewInstance.Identity::patientId),
                        first(added, NewInstance.Identity::patientIssuer),
                        first(added, NewInstance.Identity::birthDate),
                        first(added, NewInstance.Identity::sex),
                        first(added, NewInstance.Identity::age),
                        first(added, NewInstance.Identity::accessionNumber),
                        first(added, NewInstance.Identity::studyDate),
                        first(added, NewInstance.Identity::studyDescription)));
    }

    private static long quiet(List<NewInstance> added, boolean images) {
        return added.stream()
                .filter(instance -> instance.instance().image() == images)
                .mapToLong(NewInstance::quietMillis)
                .max()
                .orElse(-1);
    }

    private static <T> T first(List<NewInstance> added, Function<NewInstance.Identity, T> value) {
        return added.stream()
                .map(instance -> value.apply(instance.identity()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
