package io.prelim.ingest.ledger;

import io.prelim.events.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** Reads the ledger. */
@ApplicationScoped
public class StudyViews {
    private static final String STUDIES =
            "select study_key, study_instance_uid, revision, priority, received_at, prior_since is not null as prior"
                    + " from studies";
    private static final String STEPS = """
            select t.study_key, p.sop_instance_uid, p.status, p.modality, count(e.series_instance_uid) as series,
                cast(coalesce(sum(e.images + e.others), 0) as bigint) as instances, p.changed_at
            from procedure_step_studies t
            join procedure_steps p on p.issuer = t.issuer and p.sop_instance_uid = t.sop_instance_uid
            left join procedure_step_series e on e.issuer = p.issuer and e.sop_instance_uid = p.sop_instance_uid
            where t.study_key in (:keys)
            group by t.study_key, p.issuer, p.sop_instance_uid
            order by p.created_at, p.sop_instance_uid
            """;

    private static final String STANDSTILLS = """
            select study_key, waits_for, revision, since, found_at from standstills
            where study_key in (:keys) and cleared_at is null order by since, waits_for
            """;

    private static final String ORDERS = """
            select study_key, order_key, state, differs, decided_at from study_orders where study_key in (:keys)
            order by decided_at, order_key
            """;

    private final StatelessSession session;

    StudyViews(StatelessSession session) {
        this.session = session;
    }

    /** One study. */
    @Transactional
    public Optional<StudyView> find(UUID studyKey) {
        return views(STUDIES + " where study_key = :study", Map.of("study", studyKey), 1).stream()
                .findFirst();
    }

    /**
     * A page, newest first.
     *
     * @param studyInstanceUid null for all studies
     * @param standingStill    whether only those that stand still
     * @param after            null for the first page
     */
    @Transactional
    public List<StudyView> page(String studyInstanceUid, boolean standingStill, StudyView.Cursor after, int limit) {
        StringBuilder sql = new StringBuilder(STUDIES).append(" where true");
        Map<String, Object> parameters = new HashMap<>();
        if (studyInstanceUid != null) {
            sql.append(" and study_instance_uid = :uid");
            parameters.put("uid", studyInstanceUid);
        }
        if (standingStill) {
            sql.append(" and study_key in (select t.study_key from standstills t where t.cleared_at is null)");
        }
        if (after != null) {
            sql.append(" and (received_at, study_key) < (:at, :key)");
            parameters.put("at", after.receivedAt());
            parameters.put("key", after.studyKey());
        }
        sql.append(" order by received_at desc, study_key desc");
        return views(sql.toString(), parameters, limit);
    }

    private List<StudyView> views(String sql, Map<String, Object> parameters, int limit) {
        var query = session.createNativeQuery(sql, Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("study_instance_uid", StandardBasicTypes.STRING)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("priority", StandardBasicTypes.STRING)
                .addScalar("received_at", StandardBasicTypes.INSTANT)
                .addScalar("prior", StandardBasicTypes.BOOLEAN);
        parameters.forEach(query::setParameter);
        List<Object[]> studies = query.setMaxResults(limit).getResultList();
        if (studies.isEmpty()) {
            return List.of();
        }
        List<UUID> keys = studies.stream().map(row -> (UUID) row[0]).toList();
        Map<UUID, Long> instances = instances(keys);
        Map<UUID, Long> ownResults = ownResults(keys);
        Map<UUID, List<Row>> entries = entries(keys);
        Map<UUID, List<StudyView.ProcedureStep>> steps = procedureSteps(keys);
        Map<UUID, List<StudyView.Order>> orders = orders(keys);
        Map<UUID, List<StudyView.Standstill>> standstills = standstills(keys);
        return studies.stream()
                .map(row -> view(
                        row,
                        instances.getOrDefault((UUID) row[0], 0L),
                        ownResults.getOrDefault((UUID) row[0], 0L),
                        steps.getOrDefault((UUID) row[0], List.of()),
                        orders.getOrDefault((UUID) row[0], List.of()),
                        standstills.getOrDefault((UUID) row[0], List.of()),
                        entries.getOrDefault((UUID) row[0], List.of())))
                .toList();
    }

    private Map<UUID, Long> instances(List<UUID> keys) {
        Map<UUID, Long> counts = new HashMap<>();
        session.createNativeQuery(
                        "select study_key, count(*) from instances where study_key in (:keys) group by study_key",
                        Object[].class)
                .setParameter("keys", keys)
                .getResultList()
                .forEach(row -> counts.put((UUID) row[0], ((Number) row[1]).longValue()));
        return counts;
    }

    private Map<UUID, Long> ownResults(List<UUID> keys) {
        Map<UUID, Long> counts = new HashMap<>();
        session
                .createNativeQuery(
                        "select study_key, series_instance_uid, sop_class_uid, count(*) from instances"
                                + " where study_key in (:keys) and series_instance_uid in (:series) group by 1, 2, 3",
                        Object[].class)
                .setParameter("keys", keys)
                .setParameter(
                        "series",
                        keys.stream()
                                .flatMap(key -> OwnResults.series(key).stream())
                                .toList())
                .getResultList()
                .stream()
                .filter(row -> OwnResults.has((UUID) row[0], (String) row[1], (String) row[2]))
                .forEach(row -> counts.merge((UUID) row[0], ((Number) row[3]).longValue(), Long::sum));
        return counts;
    }

    private Map<UUID, List<Row>> entries(List<UUID> keys) {
        Map<UUID, List<Row>> entries = new HashMap<>();
        session.createNativeQuery(
                        "select study_key, revision, stage, at, detail from ledger where study_key in (:keys)"
                                + " and stage is not null order by entry_id",
                        Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("stage", StandardBasicTypes.STRING)
                .addScalar("at", StandardBasicTypes.INSTANT)
                .addScalar("detail", StandardBasicTypes.STRING)
                .setParameter("keys", keys)
                .getResultList()
                .forEach(row -> entries.computeIfAbsent((UUID) row[0], key -> new ArrayList<>())
                        .add(new Row(
                                (Integer) row[1],
                                new StudyView.Entry(
                                        Stage.valueOf((String) row[2]), (Instant) row[3], (String) row[4]))));
        return entries;
    }

    private Map<UUID, List<StudyView.ProcedureStep>> procedureSteps(List<UUID> keys) {
        Map<UUID, List<StudyView.ProcedureStep>> steps = new HashMap<>();
        session.createNativeQuery(STEPS, Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("sop_instance_uid", StandardBasicTypes.STRING)
                .addScalar("status", StandardBasicTypes.STRING)
                .addScalar("modality", StandardBasicTypes.STRING)
                .addScalar("series", StandardBasicTypes.LONG)
                .addScalar("instances", StandardBasicTypes.LONG)
                .addScalar("changed_at", StandardBasicTypes.INSTANT)
                .setParameter("keys", keys)
                .getResultList()
                .forEach(row -> steps.computeIfAbsent((UUID) row[0], key -> new ArrayList<>())
                        .add(new StudyView.ProcedureStep(
                                (String) row[1],
                                (String) row[2],
                                (String) row[3],
                                (Long) row[4],
                                (Long) row[5],
                                (Instant) row[6])));
        return steps;
    }

    /** What was before the study went is over as soon as something came after it. */
    private static List<Row> sinceItWent(List<Row> rows) {
        int next = rows.size();
        while (next > 0 && !rows.get(next - 1).entry().stage().gone()) {
            next--;
        }
        return next < rows.size() ? rows.subList(next, rows.size()) : rows;
    }

    private Map<UUID, List<StudyView.Order>> orders(List<UUID> keys) {
        Map<UUID, List<StudyView.Order>> orders = new HashMap<>();
        session.createNativeQuery(ORDERS, Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("order_key", StandardBasicTypes.UUID)
                .addScalar("state", StandardBasicTypes.STRING)
                .addScalar("differs", StandardBasicTypes.STRING)
                .addScalar("decided_at", StandardBasicTypes.INSTANT)
                .setParameter("keys", keys)
                .getResultList()
                .forEach(row -> orders.computeIfAbsent((UUID) row[0], key -> new ArrayList<>())
                        .add(new StudyView.Order(
                                (UUID) row[1],
                                (String) row[2],
                                ((String) row[3]).isEmpty() ? List.of() : List.of(((String) row[3]).split(",")),
                                (Instant) row[4])));
        return orders;
    }

    private Map<UUID, List<StudyView.Standstill>> standstills(List<UUID> keys) {
        Map<UUID, List<StudyView.Standstill>> standstills = new HashMap<>();
        session.createNativeQuery(STANDSTILLS, Object[].class)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("waits_for", StandardBasicTypes.STRING)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("since", StandardBasicTypes.INSTANT)
                .addScalar("found_at", StandardBasicTypes.INSTANT)
                .setParameter("keys", keys)
                .getResultList()
                .forEach(row -> standstills
                        .computeIfAbsent((UUID) row[0], key -> new ArrayList<>())
                        .add(new StudyView.Standstill(
                                Wait.For.valueOf((String) row[1]), (Integer) row[2], (Instant) row[3], (Instant)
                                        row[4])));
        return standstills;
    }

    private static StudyView view(
            Object[] study,
            long instances,
            long ownResults,
            List<StudyView.ProcedureStep> steps,
            List<StudyView.Order> orders,
            List<StudyView.Standstill> standstills,
            List<Row> all) {
        List<Row> rows = sinceItWent(all);
        int revision = rows.stream().mapToInt(Row::revision).max().orElse((Integer) study[2]);
        List<StudyView.Entry> stages = rows.stream()
                // what came before the first revision belongs to it
                .filter(row -> row.revision() == revision || (row.revision() == 0 && revision == 1))
                .map(Row::entry)
                .sorted(Comparator.comparing(StudyView.Entry::stage, Stage.ALONG_THE_WAY))
                .toList();
        Stage stage = stages.isEmpty()
                ? Stage.RECEIVING
                : stages.get(stages.size() - 1).stage();
        if (stage.gone() && instances > 0) {
            stage = Stage.RECEIVING; // it comes again
        }
        return new StudyView(
                (UUID) study[0],
                (String) study[1],
                stage,
                revision,
                instances,
                ownResults,
                Priority.valueOf((String) study[3]),
                (Instant) study[4],
                (Boolean) study[5],
                steps,
                orders,
                standstills,
                stages);
    }

    private record Row(int revision, StudyView.Entry entry) {}
}
