package io.prelim.ingest.orders;

import io.prelim.events.Patient;
import io.prelim.events.Phi;
import io.prelim.events.ReportSigned;
import java.time.Instant;
import java.util.UUID;

/**
 * A report that a person signed in the reporting system. Identified.
 *
 * @param reportId         derived, so that the same message again is no second report
 * @param sender           name of the peer
 * @param messageType      as MSH-9 has it: {@code ORU^R01}
 * @param accession        null where it is not said
 * @param studyInstanceUid null where it is not said
 * @param text             its words, lines joined by {@code \n}; null where it holds none
 * @param message          as it came
 */
public record SignedReport(
        UUID reportId,
        String sender,
        String messageType,
        String accessionIssuer,
        Phi<String> accession,
        String studyInstanceUid,
        Patient patient,
        ReportSigned.Status status,
        Instant signedAt,
        Phi<String> text,
        byte[] message) {}
