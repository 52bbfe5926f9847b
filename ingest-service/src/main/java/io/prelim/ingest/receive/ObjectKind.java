package io.prelim.ingest.receive;

import io.prelim.dicom.core.Uid;
import java.util.List;

/** Whether an object is an image that models may see; reports, segmentations, presentation states and documents are not. */
final class ObjectKind {
    /** Below the storage prefix: waveforms, presentation states, raw data, registrations, fiducials, segmentations, SR and KO, documents, RT objects but images. */
    private static final List<String> NEVER = List.of(
            "9.",
            "11.",
            "34.",
            "66",
            "67",
            "68.",
            "77.1.5.2",
            "78.",
            "79.",
            "80.",
            "88.",
            "90.",
            "104.",
            "200.",
            "481.");

    private static final List<String> RT_IMAGES = List.of("481.1", "481.23");

    /** Image storage classes whose objects ought to have pixel data (PS3.4 table B.5-1). */
    private static final List<String> IMAGES = List.of(
            "1", "1.", "2", "2.", "3.1", "4", "4.1", "4.3", "4.4", "6.1", "6.2", "7", "7.", "12.", "13.1.", "14.", "20",
            "77.1.", "128", "130");

    private ObjectKind() {}

    static boolean image(String sopClassUid, boolean hasPixels) {
        if (!Uid.isStorage(sopClassUid)) {
            return hasPixels;
        }
        String storageClass = sopClassUid.substring(Uid.STORAGE_PREFIX.length());
        if (RT_IMAGES.contains(storageClass)) {
            return true;
        }
        if (matches(NEVER, storageClass)) {
            return false;
        }
        return hasPixels || matches(IMAGES, storageClass);
    }

    private static boolean matches(List<String> classes, String storageClass) {
        return classes.stream()
                .anyMatch(
                        known -> known.endsWith(".") ? storageClass.startsWith(known) : isOrBelow(storageClass, known));
    }

    private static boolean isOrBelow(String storageClass, String known) {
        return storageClass.equals(known)
                || (known.equals("66") || known.equals("67") || known.equals("128") || known.equals("130"))
                        && storageClass.startsWith(known + ".");
    }
}
