package io.prelim.ingest.index;

import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * What the index does with instances whose SOP Instance UID is there already: native statements that take rows as one JSON array.
 * For use within a transaction.
 */
@ApplicationScoped
class IndexStatements {
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
    /** Equal digest and length are equal bytes: the place of the new ones takes that of the damaged ones. */
    private static final String MEND = """
            with given as (
                select study_key, segment, position, length, digest
                from jsonb_to_recordset(cast(:rows as jsonb)) as r(study_key uuid, segment bigint, position bigint,
                    length bigint, digest text)
            ), mended as (
                update parts p set segment = given.segment, position = given.position
                from given, damaged_parts d
                where d.part_id = p.part_id and p.study_key = given.study_key and p.digest = given.digest
                    and p.length = given.length
                returning p.part_id
            )
            delete from damaged_parts d using mended where d.part_id = mended.part_id
            """;

    /** What is sent again stays taken back, but for what was only kept for too long. */
    private static final String LIFT = """
            update rejections set lifted_at = clock_timestamp(), applied_at = null
            where issuer = :issuer and sop_instance_uid in (:uids) and code = '113039' and lifted_at is null
            """;

    private static final String ON_THEIR_OWN = """
            update studies set prior_since = null,
                due_at = greatest(due_at, clock_timestamp() + :quiet * interval '1 millisecond')
            where study_key in (:studies) and prior_since is not null
            """;

    private final StatelessSession session;

    IndexStatements(StatelessSession session) {
        this.session = session;
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
            update(ADD_PARTS, partRows(instances));
        }
    }

    /** Parts that are damaged have their bytes again, in those of the same objects that came once more. */
    void mend(List<NewInstance> duplicates) {
        if (!duplicates.isEmpty()) {
            update(MEND, partRows(duplicates));
        }
    }

    void addVersion(NewInstance again, IndexOutcome.HeaderVersion version) {
        session.createNativeMutationQuery(ADD_VERSIONS)
                .setParameter("rows", instances(List.of(again)))
                .setParameter("version", version.version())
                .setParameter("changed", version.identityChanged())
                .executeUpdate();
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

    /** Instances whose retention had expired are there again. */
    void lift(String issuer, List<String> sopInstanceUids) {
        if (!sopInstanceUids.isEmpty()) {
            session.createNativeMutationQuery(LIFT)
                    .setParameter("issuer", issuer)
                    .setParameterList("uids", sopInstanceUids)
                    .executeUpdate();
        }
    }

    /** What was fetched before came again, and nobody fetched it: its study is no prior any longer. */
    void cameOnTheirOwn(List<NewInstance> again) {
        List<NewInstance> own =
                again.stream().filter(instance -> !instance.study().fetched()).toList();
        if (!own.isEmpty()) {
            session.createNativeMutationQuery(ON_THEIR_OWN)
                    .setParameter(
                            "quiet",
                            own.stream()
                                    .mapToLong(instance -> instance.debounce().quietMillis())
                                    .max()
                                    .getAsLong())
                    .setParameterList(
                            "studies",
                            own.stream()
                                    .map(instance -> instance.study().studyKey())
                                    .distinct()
                                    .toList())
                    .executeUpdate();
        }
    }

    private static String partRows(List<NewInstance> instances) {
        return json(instances.stream()
                .flatMap(instance -> instance.partRows().stream())
                .toList());
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
