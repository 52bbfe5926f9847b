package io.prelim.report.draft;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.report.statement.Given;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The words of one language, from {@code wording*.properties}; English where a language has no file. */
public final class Wording {
    /** UCUM's way to say that a number is a count. */
    private static final String NO_UNIT = "1";

    private final ResourceBundle words;
    private final Locale locale;

    private Wording(ResourceBundle words, Locale locale) {
        this.words = words;
        this.locale = locale;
    }

    /** @param locale never the machine's own unless asked for: the same facts give the same words everywhere */
    public static Wording in(Locale locale) {
        ResourceBundle words = ResourceBundle.getBundle(
                Wording.class.getPackageName() + ".wording",
                locale,
                Wording.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        boolean found = words.getLocale().getLanguage().equals(locale.getLanguage());
        return new Wording(words, found ? locale : Locale.ENGLISH);
    }

    /** BCP 47, such as {@code de}; a region that was asked for is not lost: {@code de-AT}. */
    String language() {
        return locale.toLanguageTag();
    }

    /** The sentence of a key, its first letter a capital. */
    String sentence(String key, Object... arguments) {
        String text = phrase(key, arguments);
        int first = text.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toTitleCase(first))
                .append(text, Character.charCount(first), text.length())
                .toString();
    }

    String phrase(String key, Object... arguments) {
        return new MessageFormat(words.getString(key), locale).format(arguments);
    }

    String orElse(String key, String other) {
        return words.containsKey(key) ? words.getString(key) : other;
    }

    /** Two decimals, never rounded to a certainty that was not computed. */
    String probability(double value) {
        NumberFormat two = NumberFormat.getNumberInstance(locale);
        two.setMinimumFractionDigits(2);
        two.setMaximumFractionDigits(2);
        if (value > 0.99 && value < 1) {
            return ">" + two.format(0.99);
        }
        return value > 0 && value < 0.01 ? "<" + two.format(0.01) : two.format(value);
    }

    /** What was measured of the thing found: "volume of grey matter 612 mL". */
    String measured(Finding finding) {
        return finding.measurements().stream()
                .map(measured ->
                        phrase("finding.measure", term(measured.code(), "measure"), term(finding), quantity(measured)))
                .collect(Collectors.joining(", "));
    }

    /** "612 mL"; of a count the number alone. */
    String quantity(Finding.Measurement measured) {
        return (number(measured.value()) + " " + unit(measured)).strip();
    }

    Given.Measure measure(Finding.Measurement measured) {
        return new Given.Measure(term(measured.code(), "measure"), number(measured.value()), unit(measured));
    }

    private static String unit(Finding.Measurement measured) {
        return NO_UNIT.equals(measured.unit()) ? "" : PlainText.of(measured.unit());
    }

    /** @param date {@code yyyyMMdd} */
    String date(String date) {
        try {
            return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
                    .format(DateTimeFormatter.ofPattern(words.getString("format.date"), locale));
        } catch (DateTimeParseException e) {
            return PlainText.of(date);
        }
    }

    /** @param code (0018,0015); what has no word here is shown lower case */
    String bodyPart(String code) {
        return orElse("body-part." + code, code.toLowerCase(Locale.ROOT));
    }

    /** Three digits where it has a fraction: 2.25, 12.5, 612. */
    private String number(double value) {
        NumberFormat plain = NumberFormat.getNumberInstance(locale);
        plain.setGroupingUsed(false);
        plain.setMaximumFractionDigits(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
        return plain.format(value);
    }

    /** The thing found, with its site and side. */
    String term(Finding finding) {
        String term = name(finding);
        String site = finding.site() == null ? "" : site(finding);
        String side = finding.laterality() == null
                ? ""
                : orElse("laterality." + PlainText.of(finding.laterality()), PlainText.of(finding.laterality()));
        String where = (side + " " + site).strip();
        return where.isEmpty() ? term : phrase("finding.at", term, where);
    }

    /** The thing found, without its site and side. */
    String name(Finding finding) {
        return term(finding.code(), finding.name());
    }

    /** The site of a finding that has one. */
    String site(Finding finding) {
        return term(finding.site(), "");
    }

    String model(ModelReference model) {
        String name = PlainText.of(model.name());
        String version = PlainText.of(model.version());
        return ((name.isEmpty() ? model.deployment() : name) + " " + version).strip();
    }

    /** A reason given by another service, as the end of a sentence. */
    String reason(String text) {
        String plain = PlainText.of(text);
        if (plain.isEmpty()) {
            return words.getString("process.no-reason");
        }
        char last = plain.charAt(plain.length() - 1);
        return last == '.' || last == '!' || last == '?' ? plain : plain + ".";
    }

    private String term(Code code, String other) {
        if (code == null) {
            return PlainText.of(other);
        }
        String meaning = PlainText.of(code.meaning());
        String own = meaning.isEmpty() ? PlainText.of(other) : lowerFirst(meaning);
        return orElse("term." + code.scheme() + "." + code.value(), own);
    }

    /** A common noun inside a sentence; an abbreviation ("CT sign") keeps its capitals. */
    private String lowerFirst(String text) {
        if (words.getString("nouns.lower-case").equals("false")) {
            return text;
        }
        boolean abbreviation = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return abbreviation ? text : text.substring(0, 1).toLowerCase(locale) + text.substring(1);
    }
}
