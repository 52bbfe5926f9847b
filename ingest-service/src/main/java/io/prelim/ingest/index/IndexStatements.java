package io.prelim.ingest.index;

import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * The index's native statements: each takes any number of rows as one JSON array, sorted by key so that two writers lock in the
 * same order, and lets rows that are there already pass. For use within a transaction.
 */
@ApplicationScoped
class IndexStatements {
    private static final String ADD_STUDIES = """
            insert into studies (study_key, study_instance_uid, issuer, site)
            select distinct on (study_key) study_key, study_instance_uid, issuer, site
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(study_key uuid, study_instance_uid text, issuer text, site text)
            order by study_key
            on conflict do nothing
            returning study_key
            """;
    private static final String ADD_INSTANCES = """
            insert into instances (issuer, sop_instance_uid, study_key, series_instance_uid, sop_class_uid,
                transfer_syntax_uid, image, attributes, header_digest, pixels_digest, header_part, pixels_part, pixels_at,
                header_length, identity_digest, calling_ae)
            select issuer, sop_instance_uid, study_key, series_instance_uid, sop_class_uid,
                transfer_syntax_uid, image, attributes, header_digest, pixels_digest, header_part, pixels_part, pixels_at,
                header_length, identity_digest, calling_ae
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(issuer text, sop_instance_uid text, study_key uuid,
                series_instance_uid text, sop_class_uid text, transfer_syntax_uid text, image boolean, attributes jsonb,
                header_digest text, pixels_digest text, header_part uuid, pixels_part uuid, pixels_at bigint,
                header_length bigint, identity_digest text, calling_ae text)
            order by issuer, sop_instance_uid
            on conflict do nothing
            returning header_part
            """;
    private static final String LOCK_KNOWN = """
            select sop_instance_uid from instances where issuer = :issuer and sop_instance_uid in (:uids)
            order by sop_instance_uid for update
            """;
    private static final String KNOWN = """
            select i.sop_instance_uid, i.pixels_digest, i.identity_digest, v.header_digest
            from instances i join header_versions v on v.issuer = i.issuer and v.sop_instance_uid = i.sop_instance_uid
            where i.issuer = :issuer and i.sop_instance_uid in (:uids)
            """;
    private static final String ADD_PARTS = """
            insert into parts (part_id, part_class, study_key, segment, position, length, digest)
            select part_id, part_class, study_key, segment, position, length, digest
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(part_id uuid, part_class text, study_key uuid, segment bigint,
                position bigint, length bigint, digest text)
            """;
    private static final String ADD_VERSIONS = """
            insert into header_versions (issuer, sop_instance_uid, header_version, header_part, header_digest, pixels_at,
                header_length, transfer_syntax_uid, identity_changed, calling_ae)
            select issuer, sop_instance_uid, :version, header_part, header_digest, pixels_at, header_length,
                transfer_syntax_uid, :changed, calling_ae
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(issuer text, sop_instance_uid text, header_part uuid,
                header_digest text, pixels_at bigint, header_length bigint, transfer_syntax_uid text, calling_ae text)
            """;
    private static final String QUARANTINE = """
            insert into quarantine (quarantine_id, study_key, issuer, sop_instance_uid, status, reason, calling_ae, header_part,
                pixels_part)
            select :id, study_key, issuer, sop_instance_uid, :status, 'SOP Instance UID is stored with other pixels',
                calling_ae, header_part, pixels_part
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(issuer text, sop_instance_uid text, study_key uuid,
                header_part uuid, pixels_part uuid, calling_ae text)
            on conflict do nothing
            """;
    private static final String ARRIVED = """
            update studies s set arrivals = s.arrivals + r.images,
                due_at = case
                    when r.image_quiet >= 0
                        then greatest(s.due_at, clock_timestamp() + r.image_quiet * interval '1 millisecond')
                    when s.revision = 0
                        then coalesce(s.due_at, clock_timestamp() + r.other_quiet * interval '1 millisecond')
                    else s.due_at end,
                priority = case when r.priority = 'STAT' then 'STAT' else s.priority end
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(study_key uuid, images bigint, image_quiet bigint,
                other_quiet bigint, priority text)
            where s.study_key = r.study_key
            """;
    private static final String IDENTITY = """
            insert into study_identity as s (study_key, patient_name, patient_id, patient_issuer, birth_date, sex, age,
                accession_number, study_date, study_description)
            select study_key, patient_name, patient_id, patient_issuer, birth_date, sex, age, accession_number, study_date,
                study_description
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(study_key uuid, patient_name text, patient_id text,
                patient_issuer text, birth_date text, sex text, age text, accession_number text, study_date text,
                study_description text)
            order by study_key
            on conflict (study_key) do update set
                patient_name = coalesce(s.patient_name, excluded.patient_name),
                patient_id = coalesce(s.patient_id, excluded.patient_id),
                patient_issuer = coalesce(s.patient_issuer, excluded.patient_issuer),
                birth_date = coalesce(s.birth_date, excluded.birth_date),
                sex = coalesce(s.sex, excluded.sex),
                age = coalesce(s.age, excluded.age),
                accession_number = coalesce(s.accession_number, excluded.accession_number),
                study_date = coalesce(s.study_date, excluded.study_date),
                study_description = coalesce(s.study_description, excluded.study_description)
            """;

    private final StatelessSession session;

    IndexStatements(StatelessSession session) {
        this.session = session;
    }

    /** @return those that were not there before */
    List<UUID> addStudies(List<NewInstance> group) {
        return session.createNativeQuery(ADD_STUDIES, UUID.class)
                .setParameter(
                        "rows", json(group.stream().map(NewInstance::study).toList()))
                .getResultList();
    }

    /** @return the header parts of those that were not there before */
    Set<UUID> addInstances(List<NewInstance> group) {
        return new HashSet<>(session.createNativeQuery(ADD_INSTANCES, UUID.class)
                .setParameter("rows", instances(group))
                .getResultList());
    }

    /** What is there under these SOP Instance UIDs, locked until the end of the transaction. */
    Map<String, KnownInstance> known(String issuer, Collection<String> sopInstanceUids) {
        session.createNativeQuery(LOCK_KNOWN, String.class)
                .setParameter("issuer", issuer)
                .setParameterList("uids", sopInstanceUids)
                .getResultList();
        Map<String, KnownInstance> known = new HashMap<>();
        session.createNativeQuery(KNOWN, Object[].class)
                .setParameter("issuer", issuer)
                .setParameterList("uids", sopInstanceUids)
                .getResultList()
                .forEach(row -> known.merge(
                        (String) row[0],
                        new KnownInstance((String) row[1], (String) row[2], Set.of((String) row[3])),
                        (one, other) ->
                                one.with(other.headerDigests().iterator().next())));
        return known;
    }

    void addParts(List<NewInstance> instances) {
        if (!instances.isEmpty()) {
            update(
                    ADD_PARTS,
                    json(instances.stream()
                            .flatMap(instance -> instance.partRows().stream())
                            .toList()));
        }
    }

    void addFirstVersions(List<NewInstance> added) {
        if (!added.isEmpty()) {
            addVersions(added, 1, false);
        }
    }

    void addVersion(NewInstance again, IndexOutcome.HeaderVersion version) {
        addVersions(List.of(again), version.version(), version.identityChanged());
    }

    /** @return whether it was not kept aside before */
    boolean quarantine(NewInstance instance, int status) {
        NewInstance.Instance row = instance.instance();
        UUID id = Ids.v5(
                "quarantine",
                row.issuer(),
                row.sopInstanceUid(),
                row.headerDigest(),
                String.valueOf(row.pixelsDigest()));
        return session.createNativeMutationQuery(QUARANTINE)
                        .setParameter("id", id)
                        .setParameter("status", status)
                        .setParameter("rows", instances(List.of(instance)))
                        .executeUpdate()
                > 0;
    }

    void arrived(List<NewInstance> added) {
        if (!added.isEmpty()) {
            List<Arrival> arrivals = Arrival.of(added);
            update(ARRIVED, json(arrivals));
            update(IDENTITY, json(arrivals.stream().map(Arrival::identity).toList()));
        }
    }

    private void addVersions(List<NewInstance> instances, int version, boolean changed) {
        session.createNativeMutationQuery(ADD_VERSIONS)
                .setParameter("rows", instances(instances))
                .setParameter("version", version)
                .setParameter("changed", changed)
                .executeUpdate();
    }

    private static String instances(List<NewInstance> instances) {
        return json(instances.stream().map(NewInstance::instance).toList());
    }

    private void update(String statement, String rows) {
        session.createNativeMutationQuery(statement).setParameter("rows", rows).executeUpdate();
    }

    private static String json(Object rows) {
        return new String(EventJson.write(rows), StandardCharsets.UTF_8);
    }
}
