package io.prelim.ingest.assembly;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Age as inference may know it: a band of years (see {@code io.prelim.events.Subject}). */
public final class AgeBand {
    private static final Pattern AGE = Pattern.compile("(\\d{3})([DWMY])");

    private AgeBand() {}

    /**
     * @param patientAge (0010,1010), PS3.5 AS such as {@code 018M}, or null
     * @param birthDate (0010,0030), {@code yyyyMMdd}, or null
     * @param studyDate (0008,0020), {@code yyyyMMdd}, or null
     * @return null when neither tells
     */
    public static String of(String patientAge, String birthDate, String studyDate) {
        Integer years = fromAge(patientAge);
        if (years == null) {
            years = fromDates(birthDate, studyDate);
        }
        return years == null ? null : band(years);
    }

    private static Integer fromAge(String patientAge) {
        Matcher age = AGE.matcher(patientAge == null ? "" : patientAge);
        if (!age.matches()) {
            return null;
        }
        int count = Integer.parseInt(age.group(1));
        return switch (age.group(2)) {
            case "D" -> count / 365;
            case "W" -> count / 52;
            case "M" -> count / 12;
            default -> count;
        };
    }

    private static Integer fromDates(String birthDate, String studyDate) {
        if (birthDate == null || studyDate == null) {
            return null;
        }
        try {
            LocalDate born = LocalDate.parse(birthDate, DateTimeFormatter.BASIC_ISO_DATE);
            LocalDate examined = LocalDate.parse(studyDate, DateTimeFormatter.BASIC_ISO_DATE);
            return examined.isBefore(born)
                    ? null
                    : Period.between(born, examined).getYears();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String band(int years) {
        if (years < 1) {
            return "0-1";
        }
        if (years < 6) {
            return "1-5";
        }
        if (years < 18) {
            return "6-17";
        }
        if (years < 40) {
            return "18-39";
        }
        if (years < 65) {
            return "40-64";
        }
        return years < 90 ? "65-89" : "90+";
    }
}
