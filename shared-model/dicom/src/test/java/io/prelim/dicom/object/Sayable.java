package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;

/**
 * Whether a data set that departs from the standard can be said in the encoding it is written in: where it cannot, what is
 * written need not be read again.
 */
final class Sayable {
    private Sayable() {}

    static boolean file(DicomFile file) {
        DataSet dataSet = file.dataSet();
        // group 0002 in the data set, once sorted, goes on with the file meta information before it
        boolean apart = dataSet.isEmpty() || Tag.group(dataSet.elements().get(0).tag()) > 2;
        // what has no preamble is known by its first element, which may have come later
        boolean known = !file.deviations().contains(Leniency.MISSING_FILE_META)
                || !file.deviations().contains(Leniency.UNSORTED_TAGS);
        return apart
                && known
                && dataSet(file.fileMeta(), true)
                && dataSet(dataSet, file.transferSyntax().explicitVr());
    }

    /** Implicit VR cannot say that a value is none of items where the dictionary has a sequence. */
    static boolean dataSet(DataSet dataSet, boolean explicitVr) {
        for (Element element : dataSet.elements()) {
            if (element instanceof SequenceElement sequence) {
                boolean explicitItems = explicitVr && sequence.vr() != VR.UN;
                if (!sequence.items().stream().allMatch(item -> dataSet(item, explicitItems))) {
                    return false;
                }
            } else if (!explicitVr && Dictionary.standard().vr(element.tag()) == VR.SQ) {
                return false;
            }
        }
        return true;
    }
}
