package io.prelim.report.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Sites;
import io.prelim.events.EventJson;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.draft.Prior;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Earlier studies of a patient. Earlier is a study of an earlier day; its report has a version and is not retracted.
 */
@ApplicationScoped
public class PriorStudies {
    /** The newest of them are looked at. */
    private static final int MOST = 5;

    private static final String QUERY = SamePatient.STUDIES + """
            select c.event ->> 'studyDate', r.report_key, v.version, v.revision, c.study_key,
                cast(v.draft -> 'outcomeIds' as text)
            from c
            join report_studies s on s.study_key = c.study_key
            join reports r on r.report_key = s.report_key and r.version > 0 and r.status <> 'RETRACTED'
            join report_versions v on v.report_key = r.report_key and v.version = r.version
            where (:everywhere or s.site = any(:sites))
                and c.event ->> 'studyDate' ~ '^[0-9]{8}$' and c.event ->> 'studyDate' < :date
            order by 1 desc, c.study_key limit :most
            """;

    private final EntityManager database;

    PriorStudies(EntityManager database) {
        this.database = database;
    }

    /** Of every site: for what a report says itself. */
    public List<Prior> of(UUID studyKey, PatientContext context) {
        return of(studyKey, context, Sites.ALL);
    }

    /**
     * @param context the newest of the study; null while not known
     * @param sites   whose earlier studies
     * @return the newest first
     */
    public List<Prior> of(UUID studyKey, PatientContext context, Sites sites) {
        if (!SamePatient.isKnown(context)
                || context.studyDate() == null
                || !context.studyDate().matches("[0-9]{8}")) {
            return List.of();
        }
        List<Prior> priors = new ArrayList<>();
        for (Object[] row : Rows.of(SamePatient.bind(database.createNativeQuery(QUERY), studyKey, context)
                .setParameter("date", context.studyDate())
                .setParameter("everywhere", sites.all())
                .setParameter("sites", sites.names().toArray(String[]::new))
                .setParameter("most", MOST))) {
            priors.add(new Prior(
                    (UUID) row[1],
                    ((Number) row[2]).intValue(),
                    (UUID) row[4],
                    ((Number) row[3]).intValue(),
                    (String) row[0],
                    outcomes(ids((String) row[5]))));
        }
        return priors;
    }

    private List<StudyAnalyzed> outcomes(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return Rows.of(
                        database.createNativeQuery(
                                        "select cast(event as text) from outcomes where outcome_id in (:ids)"
                                                + " and status = 'FINDINGS' order by event -> 'model' ->> 'deployment', outcome_id")
                                .setParameter("ids", ids),
                        String.class)
                .stream()
                .map(event -> read(event, StudyAnalyzed.class))
                .toList();
    }

    private static List<UUID> ids(String json) {
        List<UUID> ids = new ArrayList<>();
        read(json, JsonNode.class).forEach(id -> ids.add(UUID.fromString(id.asText())));
        return ids;
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return EventJson.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored fact is no " + type.getSimpleName(), e);
        }
    }
}
