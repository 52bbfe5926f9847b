package io.prelim.ingest.orders;

import io.prelim.events.Patient;
import io.prelim.events.Phi;
import io.prelim.events.ReportSigned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A report that a person signed in the reporting system. Identified.
 *
 * @param reportId         derived, so that the same message again is no second report
 * @param sender           name of the peer
 * @param messageType      as MSH-9 has it: {@code ORU^R01}
 * @param accessions       of the orders it is of; empty where it is not said
 * @param studies          Study Instance UIDs; empty where it is not said
 * @param text             its words, lines joined by {@code \n}; null where it holds none
 * @param message          as it came
 */
public record SignedReport(
        UUID reportId,
        String sender,
        String messageType,
        String accessionIssuer,
        List<Phi<String>> accessions,
        List<String> studies,
        Patient patient,
        ReportSigned.Status status,
        Instant signedAt,
        Phi<String> text,
        byte[] message) {
    public SignedReport {
        accessions = List.copyOf(accessions);
        studies = List.copyOf(studies);
    }
}
