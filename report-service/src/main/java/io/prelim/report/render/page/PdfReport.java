package io.prelim.report.render.page;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.prelim.events.Ids;
import io.prelim.report.render.ReportView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/**
 * A version of a report as a tagged PDF of A4 pages. Its font, Liberation Sans (SIL OFL 1.1, part of PDFBox), has Latin, Greek and Cyrillic
 * letters; of other scripts {@code #} stands for each character. The same version gives the same bytes. Identified.
 */
public final class PdfReport {
    public static final String MEDIA_TYPE = "application/pdf";

    private static final String STYLE = Pages.resource("print.css");
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final int NORMAL = 400;

    static {
        // it names characters that it finds no glyph for
        XRLog.setLoggingEnabled(false);
    }

    private PdfReport() {}

    public static byte[] of(ReportView report) {
        String page = HtmlReport.write(Page.of(report, null, STYLE, true));
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFont(
                () -> PDDocument.class.getResourceAsStream(FONT), "Liberation Sans", NORMAL, FontStyle.NORMAL, true);
        builder.usePdfUaAccessibility(true);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.withProducer("Prelim");
        builder.withHtmlContent(page, null);
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            try (PDDocument document = renderer.getPdfDocument()) {
                date(document, report);
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                document.save(file);
                return file.toByteArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void date(PDDocument document, ReportView report) {
        GregorianCalendar at = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        at.setTime(Date.from(report.createdAt()));
        PDDocumentInformation information = document.getDocumentInformation();
        information.setCreationDate(at);
        information.setModificationDate(at);
        document.setDocumentId(
                Ids.document(report.reportKey(), report.version()).getMostSignificantBits());
    }
}
