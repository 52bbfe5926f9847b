package io.prelim.ingest.association;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which open associations carried new images of which studies: a study that several carry is not complete when one of them ends. */
final class CarriedStudies {
    /** Of one association; what it carries beyond that has its plain quiet period. */
    static final int MOST = 1000;

    private final Map<String, Set<UUID>> byAssociation = new HashMap<>();

    synchronized void carried(String associationId, UUID studyKey) {
        Set<UUID> studies = byAssociation.computeIfAbsent(associationId, id -> new HashSet<>());
        if (studies.size() < MOST) {
            studies.add(studyKey);
        }
    }

    /** @return those of its studies that no open association has carried beside it */
    synchronized List<UUID> ended(String associationId) {
        Set<UUID> studies = byAssociation.remove(associationId);
        return studies == null
                ? List.of()
                : studies.stream()
                        .filter(study -> byAssociation.values().stream().noneMatch(other -> other.contains(study)))
                        .toList();
    }
}
