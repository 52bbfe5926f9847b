package io.prelim.chaos.check;

import io.prelim.chaos.send.Answer;
import io.prelim.chaos.send.Committer.Commitment;
import io.prelim.chaos.send.Parcel;
import java.util.List;

/**
 * All that is known at the end of a run. Digests are of whole data sets.
 *
 * @param canaries places where a patient's name, identifier or accession number was found and must not be
 */
public record Evidence(
        List<Sent> sent,
        List<Kept> kept,
        List<Study> studies,
        List<Told> told,
        List<Outbox> outbox,
        List<Report> reports,
        List<Version> versions,
        List<Long> positions,
        List<Delivery> deliveries,
        List<Long> stream,
        List<Commitment> commitments,
        Leftovers leftovers,
        List<Footprint> atFirst,
        List<Footprint> atLast,
        List<String> canaries) {
    public Evidence {
        sent = List.copyOf(sent);
        kept = List.copyOf(kept);
        studies = List.copyOf(studies);
        told = List.copyOf(told);
        outbox = List.copyOf(outbox);
        reports = List.copyOf(reports);
        versions = List.copyOf(versions);
        positions = List.copyOf(positions);
        deliveries = List.copyOf(deliveries);
        stream = List.copyOf(stream);
        commitments = List.copyOf(commitments);
        atFirst = List.copyOf(atFirst);
        atLast = List.copyOf(atLast);
        canaries = List.copyOf(canaries);
    }

    /** A parcel and its last answer that counts, as the journal has them. */
    public record Sent(
            int parcel,
            Parcel.Kind kind,
            String studyInstanceUid,
            String sopInstanceUid,
            String digest,
            boolean image,
            Answer answer) {}

    /**
     * A header version in the index.
     *
     * @param digest of the bytes read back, or what stood in the way
     */
    public record Kept(String studyInstanceUid, String sopInstanceUid, int headerVersion, String digest) {}

    /**
     * A study in ingest.
     *
     * @param notAnalyzed whether the ledger says that there is nothing to analyse
     */
    public record Study(String studyInstanceUid, int revision, boolean notAnalyzed) {}

    /** A revision that ingest's ledger says was received. */
    public record Told(String studyInstanceUid, int revision) {}

    /**
     * A row of ingest's outbox.
     *
     * @param effect whether it was seen
     * @param refusal null, or why the broker will never take it
     */
    public record Outbox(String studyInstanceUid, int revision, String topic, boolean effect, String refusal) {}

    /**
     * A report.
     *
     * @param version 0 before the first
     */
    public record Report(String studyInstanceUid, String reportKey, int version, int revision, boolean settled) {}

    /** A version of a report. */
    public record Version(String reportKey, int version, long sequence, int revision, String digest, boolean settled) {}

    /** A record of report-changed, in the order a subscriber got them. */
    public record Delivery(String id, String key, int version, String digest) {}

    /**
     * What should be nothing at the end.
     *
     * @param parked records parked anywhere that are not poison
     * @param openTransactions transactions in the databases that are older than any should be
     */
    public record Leftovers(
            long dueStudies, long reportOutbox, long awaitedDeadlines, long parked, long openTransactions) {}

    /**
     * What a service's process holds while it has nothing to do.
     *
     * @param handles open files and sockets
     * @param heapMebibytes live after a full collection
     */
    public record Footprint(String service, int threads, int handles, int heapMebibytes) {}
}
