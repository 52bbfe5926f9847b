package io.prelim.report.render.sr;

import static io.prelim.report.render.sr.ContentItem.Relationship.HAS_OBS_CONTEXT;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.dicom.Coded;
import io.prelim.report.render.dicom.Header;
import java.util.List;

/** Who observed what a document says (PS3.16 TID 1002), and who verified it (PS3.3 section C.17.2). */
final class Observers {
    private static final String PRODUCT = "Prelim";
    /** It must be named, and nobody told it. */
    private static final String ORGANIZATION = "unknown";

    private Observers() {}

    /** Adds Prelim, a device (TID 1004), and after it readers, persons (TID 1003). */
    static void add(ContentItem root, List<Attestation> readers) {
        root.add(HAS_OBS_CONTEXT, ContentItem.code(Concepts.OBSERVER_TYPE, Concepts.DEVICE));
        root.add(HAS_OBS_CONTEXT, ContentItem.uid(Concepts.DEVICE_OBSERVER_UID, Uid.IMPLEMENTATION_CLASS));
        root.add(HAS_OBS_CONTEXT, ContentItem.text(Concepts.DEVICE_OBSERVER_NAME, PRODUCT));
        root.add(HAS_OBS_CONTEXT, ContentItem.text(Concepts.DEVICE_OBSERVER_MANUFACTURER, PRODUCT));
        root.add(HAS_OBS_CONTEXT, ContentItem.text(Concepts.DEVICE_OBSERVER_MODEL_NAME, Uid.IMPLEMENTATION_VERSION));
        for (Attestation reader : readers) {
            root.add(HAS_OBS_CONTEXT, ContentItem.code(Concepts.OBSERVER_TYPE, Concepts.PERSON));
            root.add(HAS_OBS_CONTEXT, ContentItem.person(Concepts.PERSON_OBSERVER_NAME, reader.by()));
        }
    }

    /** Puts who verified a document. @param readers at least one */
    static void verify(DataSet document, List<Attestation> readers) {
        document.putSequence(
                Tag.VERIFYING_OBSERVER_SEQUENCE,
                readers.stream().map(Observers::verifying).toArray(DataSet[]::new));
    }

    private static DataSet verifying(Attestation reader) {
        DataSet verifying = new DataSet(Coded.UTF_8)
                .putString(Tag.VERIFYING_ORGANIZATION, ORGANIZATION)
                .putString(Tag.VERIFICATION_DATE_TIME, Header.dateTime(reader.at()))
                .putString(Tag.VERIFYING_OBSERVER_NAME, reader.by());
        return verifying.put(verifying.sequence(Tag.VERIFYING_OBSERVER_IDENTIFICATION_CODE_SEQUENCE, List.of()));
    }
}
