package io.prelim.ingest.docs;

import io.prelim.ingest.hl7.MessageDesk;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The HL7 conformance document names the messages that are taken. */
class Hl7ConformanceTest {
    @Test
    void messages() throws IOException {
        GeneratedText.check(
                "deploy/docs/hl7-conformance.md",
                "messages",
                "| messages | segments | what it is |\n|---|---|---|\n"
                        + row(MessageDesk.ORDERS, "PID, { ORC, [TQ1], OBR, [IPC], [ZDS] }", "orders")
                        + row(MessageDesk.UPDATES, "PID", "what is known of a patient")
                        + row(MessageDesk.MERGES, "{ PID, { MRG } }", "merges of patients")
                        + row(
                                MessageDesk.REPORTS,
                                "PID, OBR or TXA, OBX",
                                "reports: those that are signed are handed to report-service, with the study they are of")
                        + "| SIU | | acknowledged, and not looked at |\n");
    }

    private static String row(Set<String> messages, String segments, String what) {
        return "| " + String.join(", ", new TreeSet<>(messages)) + " | " + segments + " | " + what + " |\n";
    }
}
