package io.prelim.report.store;

import io.prelim.events.UnreadableEvent;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** One version of a report: written once; the database refuses to change or delete it. */
@Entity
@Immutable
@Table(name = "report_versions")
public class VersionRow {
    @EmbeddedId
    Key key;

    long sequence;
    int revision;

    @Column(name = "plan_id")
    UUID planId;

    String status;
    boolean settled;
    String digest;

    @ColumnTransformer(write = "cast(? as jsonb)")
    String draft;

    @Column(name = "context_id")
    Long contextId;

    @Column(name = "quoted_context_id")
    Long quotedContextId;

    @Column(name = "created_at")
    Instant createdAt;

    /** A version's number counts within its report, from 1. */
    @Embeddable
    public record Key(@Column(name = "report_key") UUID reportKey, int version) {}

    public int version() {
        return key.version();
    }

    public long sequence() {
        return sequence;
    }

    public int revision() {
        return revision;
    }

    public String status() {
        return status;
    }

    public boolean settled() {
        return settled;
    }

    /** JSON of {@link io.prelim.report.draft.Draft}; no identity. */
    public String draft() {
        return draft;
    }

    /** What {@link #draft} holds. */
    public Draft read() {
        try {
            return DraftJson.read(draft);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored version is no draft", e);
        }
    }

    /** Null when the context was not known. */
    public Long contextId() {
        return contextId;
    }

    /** Of the context that its words quote; {@link #contextId} where the words follow the facts. */
    public Long quotedContextId() {
        return quotedContextId == null ? contextId : quotedContextId;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
