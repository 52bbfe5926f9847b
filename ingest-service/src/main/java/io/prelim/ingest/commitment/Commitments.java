package io.prelim.ingest.commitment;

import io.prelim.dicom.net.dimse.StorageCommitment.Failure;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import io.prelim.dicom.net.dimse.StorageCommitment.Request;
import io.prelim.dicom.net.dimse.StorageCommitment.Result;
import io.prelim.events.EventJson;
import io.prelim.ingest.config.CommitmentConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.storage.StoreCopy;
import io.prelim.store.Content;
import io.prelim.store.Location;
import io.prelim.store.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;

/**
 * Requests for commitment as the database has them: taken on, claimed, judged, reported. Each method is a short transaction of its
 * own, so that none is open while something is sent. Times are the database's.
 */
@ApplicationScoped
class Commitments {
    private static final String ADD = """
            insert into commitments (commitment_id, requester, transaction_uid, request_digest, wait_until)
            values (:id, :requester, :transaction, :digest, clock_timestamp() + make_interval(secs => :wait))
            on conflict do nothing
            """;
    private static final String ADD_REFERENCES = """
            insert into commitment_references (commitment_id, item, sop_class_uid, sop_instance_uid)
            select :id, item, sop_class, sop_instance
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(item integer, sop_class text, sop_instance text)
            """;
    private static final String SAME = """
            select request_digest = :digest from commitments
            where requester = :requester and transaction_uid = :transaction for update
            """;
    /** A requester that asks again has not seen the result. */
    private static final String AGAIN = """
            update commitments set finished_at = null, outcome = null, judged_at = null, attempts = 0,
                next_attempt_at = clock_timestamp(), wait_until = clock_timestamp() + make_interval(secs => :wait)
            where requester = :requester and transaction_uid = :transaction and finished_at is not null
            """;

    private static final String CLAIM = """
            update commitments set claimed_until = clock_timestamp() + make_interval(secs => :claim)
            where commitment_id in (
                select commitment_id from commitments
                where finished_at is null and next_attempt_at <= clock_timestamp()
                    and (claimed_until is null or claimed_until < clock_timestamp()) and requester not in (:busy)
                order by next_attempt_at limit :limit
                for update skip locked)
            returning commitment_id, requester, transaction_uid, judged_at is not null, wait_until <= clock_timestamp(),
                attempts, coalesce(judged_at + make_interval(secs => :give_up) <= clock_timestamp(), false)
            """;
    /** What is here as prior alone is not kept for the requester; what is damaged is not here until it is sent again. */
    private static final String REFERENCES = """
            select r.item, r.sop_class_uid, r.sop_instance_uid,
                case when s.prior_since is null and not exists (
                    select 1 from damaged_parts d where d.part_id in (i.header_part, i.pixels_part))
                    then i.sop_class_uid end as stored_class,
                exists (select 1 from quarantine q where q.issuer = :issuer and q.sop_instance_uid = r.sop_instance_uid
                    and q.calling_ae = c.requester) as kept_aside,
                h.segment as header_segment, h.position as header_position, h.length as header_length,
                p.segment as pixels_segment, p.position as pixels_position, p.length as pixels_length
            from commitment_references r
            join commitments c on c.commitment_id = r.commitment_id
            left join instances i on i.issuer = :issuer and i.sop_instance_uid = r.sop_instance_uid
            left join studies s on s.study_key = i.study_key
            left join parts h on h.part_id = i.header_part
            left join parts p on p.part_id = i.pixels_part
            where r.commitment_id = :id order by r.item
            """;

    private static final String JUDGED_REFERENCES = """
            update commitment_references r set failure_reason = j.reason
            from jsonb_to_recordset(cast(:rows as jsonb)) as j(item integer, reason integer)
            where r.commitment_id = :id and r.item = j.item
            """;
    private static final String RESULT = """
            select sop_class_uid, sop_instance_uid, failure_reason from commitment_references
            where commitment_id = :id order by item
            """;
    private static final String LATER = """
            update commitments set claimed_until = null,
                next_attempt_at = least(wait_until, clock_timestamp() + interval '1 second') where commitment_id = :id
            """;
    private static final String FINISHED = """
            update commitments set claimed_until = null, finished_at = clock_timestamp(), outcome = :outcome,
                attempts = attempts + :tried where commitment_id = :id
            """;
    private static final String FAILED = """
            update commitments set claimed_until = null, attempts = attempts + 1, next_attempt_at = clock_timestamp()
                + make_interval(secs => least(:last, :first * power(2, least(attempts, 20)))) where commitment_id = :id
            """;

    /** What became of a request. */
    enum Taken {
        /** It is kept, and will be answered. */
        NEW,
        /** It is the one that is there already, and will be answered, again if need be. */
        AGAIN,
        /** Its transaction UID was used for other instances. */
        OTHER_REQUEST
    }

    private record ReferenceJson(int item, String sop_class, String sop_instance) {}

    private record ReasonJson(int item, Integer reason) {}

    private final StatelessSession session;
    private final StoreCopy copy;
    private final CommitmentConfig config;
    private final String issuer;

    Commitments(StatelessSession session, StoreCopy copy, IngestConfig config) {
        this.session = session;
        this.copy = copy;
        this.config = config.commitment();
        this.issuer = config.issuer();
    }

    /** Keeps a request; durable when this returns. */
    @Transactional
    Taken take(String requester, Request request) {
        UUID id = UUID.randomUUID();
        String digest = digest(request);
        boolean added = session.createNativeMutationQuery(ADD)
                        .setParameter("id", id)
                        .setParameter("requester", requester)
                        .setParameter("transaction", request.transactionUid())
                        .setParameter("digest", digest)
                        .setParameter("wait", seconds(config.awaitInstances()))
                        .executeUpdate()
                > 0;
        if (added) {
            List<Instance> instances = request.instances();
            session.createNativeMutationQuery(ADD_REFERENCES)
                    .setParameter("id", id)
                    .setParameter(
                            "rows",
                            json(IntStream.range(0, instances.size())
                                    .mapToObj(item -> new ReferenceJson(
                                            item,
                                            instances.get(item).sopClassUid(),
                                            instances.get(item).sopInstanceUid()))
                                    .toList()))
                    .executeUpdate();
            return Taken.NEW;
        }
        boolean same = session.createNativeQuery(SAME, Boolean.class)
                .setParameter("digest", digest)
                .setParameter("requester", requester)
                .setParameter("transaction", request.transactionUid())
                .getSingleResult();
        if (!same) {
            return Taken.OTHER_REQUEST;
        }
        session.createNativeMutationQuery(AGAIN)
                .setParameter("wait", seconds(config.awaitInstances()))
                .setParameter("requester", requester)
                .setParameter("transaction", request.transactionUid())
                .executeUpdate();
        return Taken.AGAIN;
    }

    /**
     * Takes what is due, the longest due first.
     *
     * @param busy requesters that are being reported to
     */
    @Transactional
    List<DueCommitment> claim(Set<String> busy, int limit) {
        List<String> others = new ArrayList<>(busy);
        others.add(""); // nobody is called so, and a list must not be empty
        return session
                .createNativeQuery(CLAIM, Object[].class)
                .setParameter("claim", seconds(config.claim()))
                .setParameter("give_up", seconds(config.giveUpAfter()))
                .setParameterList("busy", others)
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> new DueCommitment(
                        (UUID) row[0],
                        (String) row[1],
                        (String) row[2],
                        (Boolean) row[3],
                        (Boolean) row[4],
                        ((Number) row[5]).intValue(),
                        (Boolean) row[6]))
                .toList();
    }

    /** What it asks for, beside what the index has now. */
    @Transactional
    List<Reference> references(UUID commitmentId) {
        return session
                .createNativeQuery(REFERENCES, Object[].class)
                .setParameter("issuer", issuer)
                .setParameter("id", commitmentId)
                .getResultList()
                .stream()
                .map(row -> new Reference(
                        ((Number) row[0]).intValue(),
                        new Instance((String) row[1], (String) row[2]),
                        (String) row[3],
                        (Boolean) row[4],
                        copied(row, 5) && copied(row, 8)))
                .toList();
    }

    /** @param at of the part's segment in the row; position and length follow. No part needs no copy */
    private boolean copied(Object[] row, int at) {
        return row[at] == null || copy.holds(new Location(number(row[at]), number(row[at + 1]), number(row[at + 2])));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }

    /** Keeps what was decided over each. */
    @Transactional
    void judged(UUID commitmentId, List<Reference> references) {
        session.createNativeMutationQuery(JUDGED_REFERENCES)
                .setParameter("id", commitmentId)
                .setParameter(
                        "rows",
                        json(references.stream()
                                .map(reference -> new ReasonJson(reference.item(), reference.failureReason()))
                                .toList()))
                .executeUpdate();
        session.createNativeMutationQuery(
                        "update commitments set judged_at = clock_timestamp() where commitment_id = :id")
                .setParameter("id", commitmentId)
                .executeUpdate();
    }

    /** What is to be reported of one that is judged. */
    @Transactional
    Result result(DueCommitment due) {
        List<Instance> committed = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        for (Object[] row : session.createNativeQuery(RESULT, Object[].class)
                .setParameter("id", due.commitmentId())
                .getResultList()) {
            Instance instance = new Instance((String) row[0], (String) row[1]);
            int reason = ((Number) row[2]).intValue();
            if (reason == Reference.COMMITTED) {
                committed.add(instance);
            } else {
                failed.add(new Failure(instance, reason));
            }
        }
        return new Result(due.transactionUid(), committed, failed);
    }

    /** Looks again in a while for what is missing. */
    @Transactional
    void later(UUID commitmentId) {
        session.createNativeMutationQuery(LATER)
                .setParameter("id", commitmentId)
                .executeUpdate();
    }

    /** It was not tried. */
    @Transactional
    void release(UUID commitmentId) {
        session.createNativeMutationQuery("update commitments set claimed_until = null where commitment_id = :id")
                .setParameter("id", commitmentId)
                .executeUpdate();
    }

    /** The requester took the result. */
    @Transactional
    void delivered(UUID commitmentId) {
        finished(commitmentId, "DELIVERED", 1);
    }

    /** It is not tried again, unless the requester asks again. */
    @Transactional
    void abandoned(UUID commitmentId) {
        finished(commitmentId, "ABANDONED", 0);
    }

    private void finished(UUID commitmentId, String outcome, int tried) {
        session.createNativeMutationQuery(FINISHED)
                .setParameter("outcome", outcome)
                .setParameter("tried", tried)
                .setParameter("id", commitmentId)
                .executeUpdate();
    }

    /** The requester did not take the result; it is tried again in a while that doubles with each attempt. */
    @Transactional
    void failed(UUID commitmentId) {
        session.createNativeMutationQuery(FAILED)
                .setParameter("first", seconds(config.firstRetry()))
                .setParameter("last", seconds(config.lastRetry()))
                .setParameter("id", commitmentId)
                .executeUpdate();
    }

    /** Forgets what was finished long ago. */
    @Transactional
    void purge() {
        session.createNativeMutationQuery(
                        "delete from commitments where finished_at < clock_timestamp() - make_interval(secs => :keep)")
                .setParameter("keep", seconds(config.keep()))
                .executeUpdate();
    }

    /** Requests whose result was not taken yet. */
    @Transactional
    long waiting() {
        return session.createNativeQuery("select count(*) from commitments where finished_at is null", Long.class)
                .getSingleResult();
    }

    /** Equal for the same instances in whatever order. */
    private static String digest(Request request) {
        String instances = request.instances().stream()
                .map(instance -> instance.sopClassUid() + " " + instance.sopInstanceUid())
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            return Sha256.of(Content.of(instances.getBytes(StandardCharsets.US_ASCII)))
                    .prefixed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String json(Object rows) {
        return new String(EventJson.write(rows), StandardCharsets.UTF_8);
    }
}
