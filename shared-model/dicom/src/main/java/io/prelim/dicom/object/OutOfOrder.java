package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.stream.TokenReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts elements into the data sets that are being read. Those out of order wait until their data set is complete: sorted in
 * one by one, a million of them in falling order would take a million moves of all that are there.
 */
final class OutOfOrder {
    private final TokenReader reader;
    private final Map<DataSet, List<Element>> late = new IdentityHashMap<>(0);

    OutOfOrder(TokenReader reader) {
        this.reader = reader;
    }

    void add(DataSet dataSet, Element element) throws MalformedInput {
        if (element.tag() == Tag.SPECIFIC_CHARACTER_SET) {
            addCharacterSet(dataSet, element);
        } else if (!dataSet.append(element)) {
            late.computeIfAbsent(dataSet, any -> new ArrayList<>()).add(element);
        }
    }

    /** Put at once, wherever it came: what it names is judged here. */
    private void addCharacterSet(DataSet dataSet, Element element) throws MalformedInput {
        if (!dataSet.add(element)) {
            reader.deviation(Leniency.DUPLICATE_TAGS, "tag a second time");
        }
        if (!dataSet.characterSet().known()) {
            reader.deviation(Leniency.UNKNOWN_CHARACTER_SET, "character set not of the standard");
        }
    }

    /** No more elements come: those out of order go in; of equal tags the first stays. */
    void complete(DataSet dataSet) throws MalformedInput {
        List<Element> waiting = late.remove(dataSet);
        if (waiting != null && !dataSet.addAll(waiting)) {
            reader.deviation(Leniency.DUPLICATE_TAGS, "tag a second time");
        }
        dataSet.trim();
    }
}
