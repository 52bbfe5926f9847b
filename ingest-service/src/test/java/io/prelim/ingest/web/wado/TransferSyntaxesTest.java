package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.dictionary.UidRegistry;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.web.dicom.Offer;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The conformance statement says in which forms what is stored comes. */
class TransferSyntaxesTest {
    @Test
    void areInTheConformanceStatement() throws IOException {
        StringBuilder table = new StringBuilder("| stored | instances | frames |\n|---|---|---|\n");
        for (String uid : TransferSyntax.STORAGE) {
            table.append("| ")
                    .append(UidRegistry.standard().name(uid))
                    .append(" | ")
                    .append(instances(uid))
                    .append(" | ")
                    .append(frames(uid))
                    .append(" |\n");
        }
        GeneratedText.check("deploy/docs/conformance.md", "dicomweb-transfer-syntaxes", table.toString());
    }

    private static String instances(String uid) {
        return Form.offers(new Kind(uid, true, false, false), false).stream()
                .map(offer -> offer.transferSyntax().equals(uid) ? "as stored" : "Explicit VR Little Endian")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String frames(String uid) {
        return FrameOffers.of(uid, false).stream()
                .filter(offer -> offer.byDefault() || uid.equals(Uid.EXPLICIT_VR_LITTLE_ENDIAN))
                .map(Offer::mediaType)
                .distinct()
                .map(type -> "`" + type + "`")
                .collect(Collectors.joining(", "));
    }
}
