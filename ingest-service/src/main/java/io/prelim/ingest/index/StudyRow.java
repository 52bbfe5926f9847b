package io.prelim.ingest.index;

import io.prelim.events.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A study as the index has it, without identity; written by native statements only. */
@Entity
@Table(name = "studies")
public class StudyRow {
    @Id
    @Column(name = "study_key")
    private UUID studyKey;

    @Column(name = "study_instance_uid")
    private String studyInstanceUid;

    private String site;

    @Enumerated(EnumType.STRING)
    private Priority priority;

    private long arrivals;

    private int revision;

    @Column(name = "input_digest")
    private String inputDigest;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "quiet_millis")
    private Long quietMillis;

    @Column(name = "quiet_gaps")
    private Long quietGaps;

    @Column(name = "quiet_set_millis")
    private Long quietSetMillis;

    protected StudyRow() {}

    public UUID studyKey() {
        return studyKey;
    }

    public String studyInstanceUid() {
        return studyInstanceUid;
    }

    public String site() {
        return site;
    }

    public Priority priority() {
        return priority;
    }

    /** Counts images; a change while a study is assembled means that one came meanwhile. */
    public long arrivals() {
        return arrivals;
    }

    /** 0 until the study was complete once. */
    public int revision() {
        return revision;
    }

    /** Of the last revision, or null. */
    public String inputDigest() {
        return inputDigest;
    }

    /** When the first instance came. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Quiet period of its last image; null when none came since that is kept. */
    public Long quietMillis() {
        return quietMillis;
    }

    /** Gaps that the quiet period was learned from; null when it was set. */
    public Long quietGaps() {
        return quietGaps;
    }

    /** The quiet period that is set; null when none came since that is kept. */
    public Long quietSetMillis() {
        return quietSetMillis;
    }
}
