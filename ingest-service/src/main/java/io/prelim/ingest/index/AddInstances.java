package io.prelim.ingest.index;

import io.prelim.events.EventJson;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Adds a group of instances that the index does not know, with all that follows from them, as one statement that commits by itself:
 * one way to the database and back for a whole group. Rows are sorted by key, so that two writers lock in the same order; those that
 * are there already pass, and nothing follows from them.
 *
 * <p>Rows of {@code studies} are looked up one by one, in a form that the planner does not turn into a join: it knows neither how small a
 * group is nor how many dead rows the table holds, to which each instance adds one, and reads all of it.
 */
@ApplicationScoped
class AddInstances {
    private static final String STATEMENT = """
            with given as materialized (
                select * from jsonb_to_recordset(cast(? as jsonb)) as r(
                    study_key uuid, study_instance_uid text, issuer text, site text, priority text, fetched boolean,
                    patient_name text, patient_id text, patient_issuer text, birth_date text, sex text, age text,
                    accession_number text, study_date text, study_description text, study_time text, study_id text,
                    referring_physician text, modality text, series_number integer, series_description text,
                    step_start_date text, step_start_time text, scheduled_step_id text, requested_procedure_id text,
                    sop_instance_uid text, series_instance_uid text, sop_class_uid text, transfer_syntax_uid text,
                    image boolean, attributes jsonb, header_digest text, pixels_digest text, header_part uuid,
                    pixels_part uuid, pixels_at bigint, header_length bigint, identity_digest text, calling_ae text,
                    header_segment bigint, header_position bigint, header_bytes bigint,
                    pixels_segment bigint, pixels_position bigint, pixels_bytes bigint, quiet_millis bigint,
                    quiet_gaps bigint, quiet_set_millis bigint, archive text, ask_millis bigint,
                    rejection_code text, rejected jsonb, arriving_millis bigint)
            ), added as (
                insert into instances (issuer, sop_instance_uid, study_key, series_instance_uid, sop_class_uid,
                    transfer_syntax_uid, image, attributes, header_digest, pixels_digest, header_part, pixels_part,
                    pixels_at, header_length, identity_digest, calling_ae)
                select issuer, sop_instance_uid, study_key, series_instance_uid, sop_class_uid,
                    transfer_syntax_uid, image, attributes, header_digest, pixels_digest, header_part, pixels_part,
                    pixels_at, header_length, identity_digest, calling_ae
                from given order by issuer, sop_instance_uid
                on conflict do nothing
                returning header_part
            ), fresh as materialized (
                select given.* from given join added using (header_part)
            ), versions as (
                insert into header_versions (issuer, sop_instance_uid, header_version, header_part, header_digest,
                    pixels_at, header_length, transfer_syntax_uid, identity_changed, calling_ae)
                select issuer, sop_instance_uid, 1, header_part, header_digest,
                    pixels_at, header_length, transfer_syntax_uid, false, calling_ae
                from fresh
            ), places as (
                insert into parts (part_id, part_class, study_key, segment, position, length, digest)
                select header_part, 'HEADER', study_key, header_segment, header_position, header_bytes, header_digest
                from fresh
                union all
                select pixels_part, 'PIXELS', study_key, pixels_segment, pixels_position, pixels_bytes, pixels_digest
                from fresh where pixels_part is not null
            ), in_series as (
                insert into series (study_key, series_instance_uid, modality, series_number, series_description,
                    step_start_date, step_start_time, scheduled_step_id, requested_procedure_id)
                select distinct on (study_key, series_instance_uid) study_key, series_instance_uid, modality,
                    series_number, series_description, step_start_date, step_start_time, scheduled_step_id,
                    requested_procedure_id
                from fresh order by study_key, series_instance_uid
                on conflict do nothing
            ), taken_back as (
                insert into rejections as r (issuer, sop_instance_uid, study_key, code, note_uid)
                select distinct on (fresh.issuer, named.sop_instance_uid)
                    fresh.issuer, named.sop_instance_uid, named.study_key, fresh.rejection_code, fresh.sop_instance_uid
                from fresh cross join lateral jsonb_to_recordset(coalesce(fresh.rejected, '[]')) as named(
                    study_key uuid, sop_instance_uid text)
                order by fresh.issuer, named.sop_instance_uid
                on conflict (issuer, sop_instance_uid) do update set study_key = excluded.study_key,
                    code = excluded.code, note_uid = excluded.note_uid, rejected_at = clock_timestamp(),
                    lifted_at = null, applied_at = null
                where r.lifted_at is not null or r.code = '113039' or r.study_key <> excluded.study_key
            ), arrived as materialized (
                select study_key, min(study_instance_uid) as study_instance_uid, min(issuer) as issuer, min(site) as site,
                    count(*) filter (where image) as images,
                    max(quiet_millis) filter (where image) as image_quiet,
                    max(quiet_millis) as quiet,
                    max(quiet_gaps) filter (where image) as quiet_gaps,
                    max(quiet_set_millis) filter (where image) as quiet_set_millis,
                    max(archive) filter (where image) as archive,
                    max(ask_millis) filter (where image) as ask_millis,
                    max(arriving_millis) as arriving,
                    bool_or(priority = 'STAT') as stat,
                    bool_and(fetched) and exists (
                        select 1 from prior_fetches f where f.study_key = fresh.study_key) as prior,
                    min(patient_name) as patient_name, min(patient_id) as patient_id,
                    min(patient_issuer) as patient_issuer, min(birth_date) as birth_date, min(sex) as sex,
                    min(age) as age, min(accession_number) as accession_number, min(study_date) as study_date,
                    min(study_description) as study_description, min(study_time) as study_time,
                    min(study_id) as study_id, min(referring_physician) as referring_physician
                from fresh group by study_key order by study_key
            ), gaps as materialized (
                select arrived.study_key,
                    cast(extract(epoch from clock_timestamp() - s.last_image_at) * 1000 as bigint) as gap,
                    coalesce(s.longest_gap_millis, 0) as longest
                from arrived left join lateral (
                    select last_image_at, longest_gap_millis from studies
                    where study_key = arrived.study_key limit 1) as s on true
                where arrived.images > 0 and not arrived.prior
            ), touched as (
                insert into studies as s (study_key, issuer, study_instance_uid, site, arrivals, due_at, priority,
                    prior_since, ask_archive, ask_at, last_image_at, longest_gap_millis, quiet_millis, quiet_gaps,
                    quiet_set_millis)
                select arrived.study_key, issuer, study_instance_uid, site, images,
                    case when not prior then
                        clock_timestamp() + coalesce(image_quiet, quiet) * interval '1 millisecond' end,
                    case when stat then 'STAT' else 'ROUTINE' end,
                    case when prior then clock_timestamp() end,
                    archive, case when not prior then clock_timestamp() + ask_millis * interval '1 millisecond' end,
                    case when gaps.study_key is not null then clock_timestamp() end,
                    case when gaps.gap <= ? then gaps.gap end, image_quiet, quiet_gaps, quiet_set_millis
                from arrived left join gaps on gaps.study_key = arrived.study_key
                order by arrived.study_key
                on conflict (study_key) do update set arrivals = s.arrivals + excluded.arrivals,
                    completed_at = case when s.dropped_at >= s.completed_at then clock_timestamp() else s.completed_at end,
                    prior_since = case when excluded.prior_since is not null then s.prior_since end,
                    due_at = case
                        when excluded.prior_since is not null then s.due_at
                        when excluded.arrivals > 0 then greatest(s.due_at, excluded.due_at)
                        when s.revision = 0 then coalesce(s.due_at, excluded.due_at)
                        else s.due_at end,
                    ask_archive = coalesce(excluded.ask_archive, s.ask_archive),
                    ask_at = coalesce(excluded.ask_at, s.ask_at),
                    ask_until = case when excluded.ask_at is null then s.ask_until end,
                    last_image_at = coalesce(excluded.last_image_at, s.last_image_at),
                    longest_gap_millis = greatest(s.longest_gap_millis, excluded.longest_gap_millis),
                    quiet_millis = coalesce(excluded.quiet_millis, s.quiet_millis),
                    quiet_gaps = case when excluded.quiet_millis is null then s.quiet_gaps else excluded.quiet_gaps end,
                    quiet_set_millis = coalesce(excluded.quiet_set_millis, s.quiet_set_millis),
                    priority = case when excluded.priority = 'STAT' then 'STAT' else s.priority end
            ), named as (
                insert into study_identity as s (study_key, patient_name, patient_id, patient_issuer, birth_date, sex,
                    age, accession_number, study_date, study_description, study_time, study_id, referring_physician)
                select study_key, patient_name, patient_id, patient_issuer, birth_date, sex,
                    age, accession_number, study_date, study_description, study_time, study_id, referring_physician
                from arrived
                on conflict (study_key) do update set
                    patient_name = coalesce(s.patient_name, excluded.patient_name),
                    patient_id = coalesce(s.patient_id, excluded.patient_id),
                    patient_issuer = coalesce(s.patient_issuer, excluded.patient_issuer),
                    birth_date = coalesce(s.birth_date, excluded.birth_date),
                    sex = coalesce(s.sex, excluded.sex),
                    age = coalesce(s.age, excluded.age),
                    accession_number = coalesce(s.accession_number, excluded.accession_number),
                    study_date = coalesce(s.study_date, excluded.study_date),
                    study_description = coalesce(s.study_description, excluded.study_description),
                    study_time = coalesce(s.study_time, excluded.study_time),
                    study_id = coalesce(s.study_id, excluded.study_id),
                    referring_physician = coalesce(s.referring_physician, excluded.referring_physician)
                where num_nulls(s.patient_name, s.patient_id, s.patient_issuer, s.birth_date, s.sex, s.age,
                        s.accession_number, s.study_date, s.study_description, s.study_time, s.study_id,
                        s.referring_physician)
                    > num_nulls(coalesce(s.patient_name, excluded.patient_name),
                        coalesce(s.patient_id, excluded.patient_id),
                        coalesce(s.patient_issuer, excluded.patient_issuer),
                        coalesce(s.birth_date, excluded.birth_date), coalesce(s.sex, excluded.sex),
                        coalesce(s.age, excluded.age), coalesce(s.accession_number, excluded.accession_number),
                        coalesce(s.study_date, excluded.study_date),
                        coalesce(s.study_description, excluded.study_description),
                        coalesce(s.study_time, excluded.study_time), coalesce(s.study_id, excluded.study_id),
                        coalesce(s.referring_physician, excluded.referring_physician))
            ), told as (
                insert into ledger (study_key, revision, stage, fact, detail, source, at, told_at)
                select study_key, 0, ?, ?, 'first instance', 'receive', now(), now() - arriving * interval '1 millisecond'
                from arrived
                where (select s.study_key from studies s where s.study_key = arrived.study_key) is null
                on conflict do nothing
            )
            select fresh.header_part, gaps.study_key, gaps.gap, gaps.longest, fresh.image
            from fresh left join gaps on gaps.study_key = fresh.study_key
            """;

    /**
     * What a group led to.
     *
     * @param headerParts of those that were not there before
     * @param arrivals    of their images, a study each
     */
    record Added(Set<UUID> headerParts, List<Arrivals.Arrival> arrivals) {}

    private final DataSource database;
    private final long longestGap;

    AddInstances(DataSource database, IngestConfig config) {
        this.database = database;
        this.longestGap = config.assembly().learned().maximum().toMillis();
    }

    /**
     * @return what was not there before; committed
     * @throws SQLException when none was added
     */
    Added add(List<NewInstance> group) throws SQLException {
        String rows =
                new String(EventJson.write(group.stream().map(NewInstance::row).toList()), StandardCharsets.UTF_8);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(STATEMENT)) {
            statement.setString(1, rows);
            statement.setLong(2, longestGap);
            statement.setString(3, Stage.RECEIVING.name());
            statement.setString(4, Fact.FIRST_INSTANCE.name());
            try (ResultSet added = statement.executeQuery()) {
                Map<UUID, NewInstance> given = group.stream()
                        .collect(Collectors.toMap(each -> each.instance().headerPart(), Function.identity()));
                Set<UUID> parts = new HashSet<>();
                Map<UUID, Arrivals.Arrival> arrivals = new HashMap<>();
                while (added.next()) {
                    UUID part = added.getObject(1, UUID.class);
                    parts.add(part);
                    UUID study = added.getObject(2, UUID.class);
                    if (study != null && added.getBoolean(5)) {
                        arrivals.merge(
                                study,
                                arrival(given.get(part), added.getObject(3, Long.class), added.getLong(4)),
                                AddInstances::together);
                    }
                }
                return new Added(parts, List.copyOf(arrivals.values()));
            }
        }
    }

    private static Arrivals.Arrival arrival(NewInstance image, Long gap, long longest) {
        return new Arrivals.Arrival(
                image.instance().callingAe(),
                image.instance().attributes().modality(),
                1,
                gap == null ? null : Math.max(0, gap),
                longest);
    }

    private static Arrivals.Arrival together(Arrivals.Arrival one, Arrivals.Arrival other) {
        return new Arrivals.Arrival(
                one.sender(), one.modality(), one.images() + other.images(), one.gapMillis(), one.longestMillis());
    }
}
