package io.prelim.report.render.dicom;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Code;
import io.prelim.events.Phi;
import io.prelim.report.render.ReportView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Modules that each of a report's objects has (PS3.3 sections C.7.1 to C.7.5). Identified. */
public final class Header {
    /** Of the series' description and the equipment. */
    public static final String PRODUCT = "Prelim";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern DAY = Pattern.compile("\\d{8}");
    private static final Pattern SEX = Pattern.compile("[MFO]");
    private static final Pattern SHORT = Pattern.compile("[^\\\\]{1,16}");
    private static final Pattern LONG = Pattern.compile("[^\\\\]{1,64}");

    private Header() {}

    /** A data set of the report's patient and study, in UTF-8. */
    public static DataSet of(ReportView report) {
        DataSet document = new DataSet().putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");
        patientAndStudy(document, report);
        return document;
    }

    private static void patientAndStudy(DataSet document, ReportView report) {
        Optional<ReportView.Patient> patient = Optional.ofNullable(report.patient());
        document.putString(Tag.PATIENT_NAME, revealed(patient.map(ReportView.Patient::name), LONG))
                .putString(Tag.PATIENT_ID, revealed(patient.map(ReportView.Patient::id), LONG))
                .putString(Tag.PATIENT_BIRTH_DATE, revealed(patient.map(ReportView.Patient::birthDate), DAY))
                .putString(Tag.PATIENT_SEX, fitting(patient.map(ReportView.Patient::sex), SEX))
                .putString(Tag.STUDY_INSTANCE_UID, report.studyInstanceUid())
                .putString(Tag.STUDY_DATE, fitting(patient.map(ReportView.Patient::studyDate), DAY))
                .putString(Tag.STUDY_TIME, "")
                .putString(Tag.STUDY_ID, "")
                .putString(Tag.REFERRING_PHYSICIAN_NAME, "")
                .putString(Tag.ACCESSION_NUMBER, accession(report));
        String issuer = fitting(patient.map(ReportView.Patient::issuer), LONG);
        if (!issuer.isEmpty()) {
            document.putString(Tag.ISSUER_OF_PATIENT_ID, issuer);
        }
    }

    /** Items of the orders that the study was made for (PS3.3 table C.17-2, Referenced Request Sequence). */
    public static List<DataSet> requests(ReportView report) {
        List<ReportView.Order> orders = report.orders() == null ? List.of() : report.orders();
        return orders.stream().map(order -> request(report, order)).toList();
    }

    private static DataSet request(ReportView report, ReportView.Order order) {
        Optional<Code> procedure = Optional.ofNullable(order.procedure());
        DataSet request = new DataSet(Coded.UTF_8)
                .putString(Tag.STUDY_INSTANCE_UID, report.studyInstanceUid())
                .putString(Tag.ACCESSION_NUMBER, accession(report))
                .putString(Tag.REQUESTED_PROCEDURE_ID, "")
                .putString(Tag.REQUESTED_PROCEDURE_DESCRIPTION, fitting(procedure.map(Code::meaning), LONG))
                .putString(
                        Tag.PLACER_ORDER_NUMBER_IMAGING_SERVICE_REQUEST,
                        revealed(Optional.ofNullable(order.placerNumber()), LONG))
                .putString(
                        Tag.FILLER_ORDER_NUMBER_IMAGING_SERVICE_REQUEST,
                        revealed(Optional.ofNullable(order.fillerNumber()), LONG));
        request.put(request.sequence(Tag.REFERENCED_STUDY_SEQUENCE, List.of()));
        return request.put(request.sequence(
                Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE,
                procedure.map(Coded::item).map(List::of).orElse(List.of())));
    }

    private static String accession(ReportView report) {
        return revealed(Optional.ofNullable(report.patient()).map(ReportView.Patient::accessionNumber), SHORT);
    }

    private static String revealed(Optional<Phi<String>> value, Pattern form) {
        return fitting(value.map(Phi::reveal), form);
    }

    /** What is not of its attribute's form is left out: a part of an identifier would be another's. */
    private static String fitting(Optional<String> value, Pattern form) {
        return value.filter(text -> form.matcher(text).matches()).orElse("");
    }

    /** Puts the series it is in, and what made it. */
    public static void series(
            DataSet document, ReportView report, String modality, String uid, int number, String description) {
        document.putString(Tag.MODALITY, modality)
                .putString(Tag.SERIES_INSTANCE_UID, uid)
                .putInteger(Tag.SERIES_NUMBER, number)
                .putString(
                        Tag.SERIES_DESCRIPTION, PRODUCT + " " + description + (report.synthetic() ? ", synthetic" : ""))
                .putString(Tag.MANUFACTURER, PRODUCT)
                .putString(Tag.MANUFACTURER_MODEL_NAME, PRODUCT)
                .putString(Tag.SOFTWARE_VERSIONS, Uid.IMPLEMENTATION_VERSION);
    }

    /** As a DT, with its offset. */
    public static String dateTime(Instant at) {
        return DATE.format(at) + TIME.format(at) + "+0000";
    }

    /** Puts when its content was made. */
    public static void content(DataSet document, Instant at) {
        document.putString(Tag.CONTENT_DATE, DATE.format(at))
                .putString(Tag.CONTENT_TIME, TIME.format(at))
                .putString(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0000");
    }
}
