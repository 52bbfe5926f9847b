package io.prelim.ingest.web.stow;

import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The conformance statement says with which Failure Reasons of its own STOW-RS refuses. */
class FailureReasonsTest {
    @Test
    void areInTheConformanceStatement() throws IOException {
        StringBuilder table = new StringBuilder("| (0008,1197) | when |\n|---|---|\n");
        for (FailureReason reason : FailureReason.values()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %04X | %s |%n",
                    reason.code(),
                    reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        GeneratedText.check("deploy/docs/conformance.md", "stow-failure-reasons", table.toString());
    }
}
