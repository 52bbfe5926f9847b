package io.prelim.report.render;

import io.prelim.events.Phi;
import io.prelim.report.draft.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands above a report for people, in its language. Identified.
 *
 * @param banners the status first; then what else must not be overlooked
 * @param fields  whom and what it is about
 */
public record Heading(List<Line> banners, List<Line> fields) {
    /** @param value {@code -} where nobody says */
    public record Line(String label, String value) {}

    public static Heading of(ReportView view) {
        Labels labels = Labels.in(view.language());
        String status = labels.of("status." + view.status().name());
        List<Line> banners = new ArrayList<>();
        banners.add(new Line(labels.of(view.titleKey()), status));
        if (view.synthetic()) {
            banners.add(new Line(labels.of("synthetic"), labels.of("synthetic.none")));
        }
        view.signed()
                .forEach(each -> banners.add(new Line(
                        labels.of("signed"),
                        labels.of(
                                "signed.line",
                                labels.of("signed." + each.status().name()),
                                time(each.signedAt()),
                                PlainText.of(each.sender())))));
        return new Heading(List.copyOf(banners), fields(view, labels, status));
    }

    private static List<Line> fields(ReportView view, Labels labels, String status) {
        List<Line> fields = new ArrayList<>();
        ReportView.Patient patient = view.patient();
        if (patient == null) {
            fields.add(new Line(labels.of("patient"), labels.of("patient.unknown")));
        } else {
            fields.add(new Line(labels.of("patient"), name(patient.name())));
            fields.add(new Line(labels.of("patient.id"), or(reveal(patient.id()))));
            fields.add(
                    new Line(labels.of("patient.born"), date(reveal(patient.birthDate())) + ", " + or(patient.sex())));
            fields.add(new Line(labels.of("accession"), or(reveal(patient.accessionNumber()))));
            fields.add(new Line(labels.of("study.date"), date(patient.studyDate())));
        }
        fields.add(new Line(labels.of("study"), view.studyInstanceUid()));
        fields.add(new Line(labels.of("report"), view.reportKey().toString()));
        fields.add(new Line(
                labels.of("version"),
                labels.of(
                        "version.line",
                        Integer.toString(view.version()),
                        time(view.createdAt()),
                        Integer.toString(view.revision()))));
        fields.add(new Line(
                labels.of("status"), status + ", " + labels.of(view.settled() ? "status.settled" : "status.awaited")));
        view.readers()
                .forEach(each -> fields.add(new Line(
                        labels.of("reader." + each.act().name()),
                        labels.of("reader.line", each.by(), time(each.at())))));
        return List.copyOf(fields);
    }

    /** (0010,0010) for people: "Family, Given"; further components are left out. */
    private static String name(Phi<String> name) {
        if (name == null) {
            return "-";
        }
        String[] components = name.reveal().split("=", 2)[0].split("\\^", -1);
        String given = components.length > 1 ? components[1].strip() : "";
        return given.isEmpty() ? or(components[0].strip()) : components[0].strip() + ", " + given;
    }

    static String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    /** {@code yyyyMMdd} as {@code yyyy-MM-dd}; what is no day stays as it is. */
    public static String date(String value) {
        return value != null && value.matches("[0-9]{8}")
                ? value.substring(0, 4) + "-" + value.substring(4, 6) + "-" + value.substring(6)
                : or(value);
    }

    private static String reveal(Phi<String> value) {
        return value == null ? null : value.reveal();
    }

    private static String or(String value) {
        return value == null || value.isEmpty() ? "-" : value;
    }
}
