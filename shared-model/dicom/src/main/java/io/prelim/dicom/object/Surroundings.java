package io.prelim.dicom.object;

import io.prelim.dicom.charset.SpecificCharacterSet;

/** What a data set takes over when it does not say itself which character set its text is in. */
sealed interface Surroundings permits DataSet, Surroundings.Outermost {
    Surroundings DEFAULT = new Outermost(SpecificCharacterSet.DEFAULT);

    SpecificCharacterSet characterSet();

    /** Nothing holds the data set. */
    record Outermost(SpecificCharacterSet characterSet) implements Surroundings {}
}
