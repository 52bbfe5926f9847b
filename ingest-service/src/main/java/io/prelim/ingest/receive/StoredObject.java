package io.prelim.ingest.receive;

import io.prelim.events.Ids;
import io.prelim.ingest.index.NewInstance;
import io.prelim.ingest.ledger.OwnResults;
import io.prelim.ingest.quiet.QuietPeriods;
import java.util.UUID;

/**
 * An object whose parts are durable, just received or found again in the log: the one place that makes its index row.
 *
 * @param pixels null when it has no part of its own
 */
record StoredObject(
        UUID studyKey, Annotation annotation, NewInstance.StoredPart header, NewInstance.StoredPart pixels) {

    /** @param firstByte when its first byte came, see {@link NewInstance}; null when it is found again */
    NewInstance instance(ObjectFacts facts, ReceiveSettings settings, QuietPeriods quietPeriods, Long firstByte) {
        return new NewInstance(
                new NewInstance.Study(
                        studyKey,
                        facts.studyInstanceUid(),
                        settings.issuer(),
                        settings.site(),
                        facts.stat() ? "STAT" : "ROUTINE",
                        // a result of ours makes no study more than what it was
                        annotation.fetched()
                                || OwnResults.has(studyKey, facts.seriesInstanceUid(), facts.sopClassUid())),
                new NewInstance.Identity(
                        studyKey,
                        facts.patientName(),
                        facts.patientId(),
                        facts.patientIdIssuer(),
                        facts.birthDate(),
                        facts.sex(),
                        facts.age(),
                        facts.accessionNumber(),
                        facts.studyDate(),
                        facts.studyDescription(),
                        facts.studyTime(),
                        facts.studyId(),
                        facts.referringPhysician()),
                facts.series(),
                new NewInstance.Instance(
                        settings.issuer(),
                        facts.sopInstanceUid(),
                        studyKey,
                        facts.seriesInstanceUid(),
                        facts.sopClassUid(),
                        annotation.transferSyntaxUid(),
                        ObjectKind.image(facts.sopClassUid(), annotation.pixelsDigest() != null),
                        facts.attributes(),
                        header.part().digest(),
                        annotation.pixelsDigest() == null
                                ? null
                                : annotation.pixelsDigest().prefixed(),
                        header.part().partId(),
                        pixels == null ? null : pixels.part().partId(),
                        annotation.pixelsAt(),
                        annotation.headerLength(),
                        facts.identityDigest().prefixed(),
                        annotation.sender()),
                rejection(facts.rejection(), settings.issuer()),
                header,
                pixels,
                settings.debounce(quietPeriods.of(annotation.sender(), facts.modality()), annotation.sender()),
                firstByte);
    }

    private static NewInstance.Rejection rejection(RejectionNote note, String issuer) {
        return note == null
                ? NewInstance.Rejection.NONE
                : new NewInstance.Rejection(
                        note.code(),
                        note.instances().stream()
                                .map(rejected -> new NewInstance.Rejected(
                                        Ids.study(issuer, rejected.studyInstanceUid()), rejected.sopInstanceUid()))
                                .toList());
    }
}
