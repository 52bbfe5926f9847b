package io.prelim.testkit.study;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.List;
import java.util.Locale;

/** Somebody who does not exist, a child of one to five years, and whose every attribute says so. */
public record SyntheticPatient(int number) {
    private static final List<String> NUMERALS =
            List.of("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN");

    /** @param number from 1; the same number is the same patient */
    public static SyntheticPatient of(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("patients are numbered from 1");
        }
        return new SyntheticPatient(number);
    }

    void writeTo(DataSet object) {
        int age = 1 + number % 5;
        String numeral = number <= NUMERALS.size() ? NUMERALS.get(number - 1) : "NUMBER " + number;
        object.putString(Tag.PATIENT_NAME, "SYNTHETIC^" + numeral);
        object.putString(Tag.PATIENT_ID, String.format(Locale.ROOT, "SYN-%04d", number));
        object.putString(Tag.ISSUER_OF_PATIENT_ID, "PRELIM SYNTHETIC");
        // born in May, examined in November: the age in years is the difference of the years
        object.putString(Tag.PATIENT_BIRTH_DATE, (2026 - age) + "0517");
        object.putString(Tag.PATIENT_SEX, number % 2 == 0 ? "F" : "M");
        object.putString(Tag.PATIENT_AGE, String.format(Locale.ROOT, "%03dY", age));
        object.putString(Tag.PATIENT_COMMENTS, "SYNTHETIC: this patient does not exist");
    }
}
