package io.prelim.ingest.index;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.prelim.events.PartReference;
import io.prelim.events.Phi;
import io.prelim.events.StudyManifest;
import io.prelim.store.Location;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A synced instance on its way into the index. Its JSON is what the index statements read.
 *
 * @param rejection what it takes back
 * @param header where its header part lies
 * @param pixels where its pixels part lies; null without pixel data
 * @param debounce when its study is complete, as far as it goes
 * @param firstByte when its first byte came, as {@link System#nanoTime} counts; null when it is found again in the log
 */
public record NewInstance(
        Study study,
        Identity identity,
        Series series,
        Instance instance,
        Rejection rejection,
        StoredPart header,
        StoredPart pixels,
        Debounce debounce,
        Long firstByte) {
    /**
     * Of the study.
     *
     * @param fetched whether the instance may be here because we fetched it
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Study(
            UUID studyKey, String studyInstanceUid, String issuer, String site, String priority, boolean fetched) {}

    /** Who the study is about, as the object says; for the identity table alone. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Identity(
            UUID studyKey,
            Phi<String> patientName,
            Phi<String> patientId,
            String patientIssuer,
            Phi<String> birthDate,
            String sex,
            String age,
            Phi<String> accessionNumber,
            String studyDate,
            Phi<String> studyDescription,
            String studyTime,
            Phi<String> studyId,
            Phi<String> referringPhysician) {}

    /** Of the series, as the object says; for its identified table alone. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Series(
            String modality,
            Integer seriesNumber,
            Phi<String> seriesDescription,
            String stepStartDate,
            String stepStartTime,
            Phi<String> scheduledStepId,
            Phi<String> requestedProcedureId) {}

    /** Of the instance. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Instance(
            String issuer,
            String sopInstanceUid,
            UUID studyKey,
            String seriesInstanceUid,
            String sopClassUid,
            String transferSyntaxUid,
            boolean image,
            StudyManifest.Image attributes,
            String headerDigest,
            String pixelsDigest,
            UUID headerPart,
            UUID pixelsPart,
            long pixelsAt,
            long headerLength,
            String identityDigest,
            String callingAe) {}

    /**
     * What a rejection note takes back.
     *
     * @param rejectionCode of its title; null, as is the list, for every other object
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Rejection(String rejectionCode, List<Rejected> rejected) {
        public static final Rejection NONE = new Rejection(null, null);

        public Rejection {
            rejected = rejected == null ? null : List.copyOf(rejected);
        }
    }

    /** An instance taken back. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Rejected(UUID studyKey, String sopInstanceUid) {}

    /** A part and its place. */
    public record StoredPart(PartReference part, Location location) {}

    /** As the parts statement reads it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record PartJson(
            UUID partId, String partClass, UUID studyKey, long segment, long position, long length, String digest) {}

    InstanceRow row() {
        Location headerAt = header.location();
        Location pixelsAt = pixels == null ? null : pixels.location();
        return new InstanceRow(
                study,
                identity,
                series,
                instance,
                rejection,
                headerAt.segment(),
                headerAt.offset(),
                headerAt.length(),
                pixelsAt == null ? null : pixelsAt.segment(),
                pixelsAt == null ? null : pixelsAt.offset(),
                pixelsAt == null ? null : pixelsAt.length(),
                debounce,
                firstByte == null ? null : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - firstByte));
    }

    List<PartJson> partRows() {
        return Stream.of(header, pixels)
                .filter(stored -> stored != null)
                .map(stored -> new PartJson(
                        stored.part().partId(),
                        stored.part().partClass().name(),
                        study.studyKey(),
                        stored.location().segment(),
                        stored.location().offset(),
                        stored.location().length(),
                        stored.part().digest()))
                .toList();
    }

    @Override
    public String toString() {
        return "NewInstance[" + instance.sopInstanceUid() + "]";
    }
}
