package io.prelim.ingest.index;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.store.Location;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Where a part lies; never changed once written. */
@Entity
@Table(name = "parts")
public class PartRow {
    @Id
    @Column(name = "part_id")
    private UUID partId;

    @Enumerated(EnumType.STRING)
    @Column(name = "part_class")
    private PartClass partClass;

    @Column(name = "study_key")
    private UUID studyKey;

    private long segment;
    private long position;
    private long length;
    private String digest;

    protected PartRow() {}

    public PartRow(PartReference part, UUID studyKey, Location location) {
        this.partId = part.partId();
        this.partClass = part.partClass();
        this.studyKey = studyKey;
        this.segment = location.segment();
        this.position = location.offset();
        this.length = location.length();
        this.digest = part.digest();
    }

    public PartReference reference() {
        return new PartReference(partId, partClass, length, digest);
    }

    public UUID studyKey() {
        return studyKey;
    }

    public Location location() {
        return new Location(segment, position, length);
    }
}
