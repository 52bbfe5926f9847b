package io.prelim.report.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import io.prelim.events.ReportChanged;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.hl7.OruReportTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page as a browser's parser reads it, and its PDF. */
class PageTest {
    /** What runs, fetches or sends anything, or sets another base. */
    private static final Set<String> TAGS = Set.of(
            "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "p", "table", "tbody", "tr",
            "th", "td", "section", "div", "span", "details", "summary", "ul", "li", "a");

    @Test
    void nothingFromOutsideBecomesMarkup() throws Exception {
        for (Map.Entry<String, ReportView> each : Reports.samples().entrySet()) {
            String html = HtmlReport.of(each.getValue(), null);
            Document page = Jsoup.parse(html);

            for (Element element : page.getAllElements()) {
                if (element.parent() != null) {
                    assertThat(TAGS).as(each.getKey()).contains(element.normalName());
                }
                assertThat(element.attributes().asList())
                        .as(each.getKey())
                        .allMatch(attribute -> Set.of(
                                        "lang",
                                        "xml:lang",
                                        "xmlns",
                                        "charset",
                                        "name",
                                        "content",
                                        "class",
                                        "scope",
                                        "href")
                                .contains(attribute.getKey()));
            }
            assertThat(page.select("[href]").eachAttr("href")).allMatch(link -> link.startsWith("/api/reports/"));
            assertThat(page.select("style")).hasSize(1);
            // well-formed too: no delimiter came through
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        }
        Document hostile = Jsoup.parse(HtmlReport.of(Reports.samples().get("hostile"), null));
        assertThat(hostile.select(".about td").first().text()).isEqualTo("<script>alert(1)</script>|PID");
        assertThat(hostile.select(".sentence > p").first().text()).startsWith("{page.style}<style>@import");
    }

    @Test
    void thePolicyAllowsTheStyleSheetAndNothingElse() throws NoSuchAlgorithmException {
        Document page = Jsoup.parse(HtmlReport.of(Reports.samples().get("settled"), null));
        String style = page.selectFirst("style").data();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(HtmlReport.POLICY)
                .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'")
                .doesNotContain("unsafe", "http");
        assertThat(style).doesNotContain("url(", "@import");
    }

    @Test
    void whatStandsBesideAReportIsShownAndNotOfIt() throws Exception {
        for (boolean signed : List.of(true, false)) {
            ReportView report = Reports.revised(signed, Locale.GERMAN);
            List<String> expected = signed
                    ? List.of("ABWEICHUNGEN - was Modelle jetzt sagen und damals nicht", "jetzt absent 0.0200")
                    : List.of(
                            "VORSCHLÄGE - nicht Teil des Befunds",
                            "anders in BEURTEILUNG: Kein Nachweis von Pneumonie.");
            String html = HtmlReport.of(report, null);
            Document page = Jsoup.parse(html);

            assertThat(page.select(".beside").text()).contains(expected);
            assertThat(page.select(".sentence").text()).doesNotContain(expected);
            assertThat(page.select(".beside details"))
                    .hasSameSizeAs(page.select(".beside li").stream()
                            .map(Element::parent)
                            .distinct()
                            .toList());
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
            assertThat(words(PdfReport.of(report))).contains(expected);
            // what goes to others is the report alone
            Bundle bundle = FhirContext.forR4().newJsonParser().parseResource(Bundle.class, FhirReport.json(report));
            ((DiagnosticReport) bundle.getEntryFirstRep().getResource())
                    .getPresentedForm()
                    .forEach(form -> {
                        boolean pdf = form.getContentType().equals(PdfReport.MEDIA_TYPE);
                        assertThat(pdf ? words(form.getData()) : new String(form.getData(), StandardCharsets.UTF_8))
                                .doesNotContain(expected);
                    });
            List<OBX> observations = OruReportTest.observations(OruReportTest.read(report));
            String file = observations
                    .get(observations.size() - 1)
                    .getObservationValue(0)
                    .encode()
                    .split("\\^")[4];
            assertThat(words(Base64.getDecoder().decode(file)))
                    .contains(report.reportKey().toString())
                    .doesNotContain(expected);
        }
        Document draft = Jsoup.parse(HtmlReport.of(Reports.samples().get("settled"), null));
        assertThat(draft.select(".beside")).isEmpty();
    }

    private static String words(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoListensFindsTheirWay() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            Document page = Jsoup.parse(HtmlReport.of(Reports.settled(ReportChanged.Status.DRAFT, language), null));

            assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language.getLanguage());
            assertThat(page.title()).contains(page.selectFirst(".status").text());
            assertThat(page.select("h1")).hasSize(1);
            assertThat(page.select("section > h2")).hasSize(6);
            assertThat(page.select("main")).hasSize(1);
            assertThat(page.select("th:not([scope])")).isEmpty();
            assertThat(page.select("details > summary")).hasSameSizeAs(page.select(".sentence"));
            assertThat(page.select(".draft")).hasSize(1);
        }
        Document signed =
                Jsoup.parse(HtmlReport.of(Reports.settled(ReportChanged.Status.SIGNED, Locale.ENGLISH), null));
        assertThat(signed.select(".draft")).isEmpty();
    }

    @Test
    void aPdfIsTaggedNamedAndHasItsFontWithIt() throws IOException {
        ReportView report = Reports.settled(ReportChanged.Status.DRAFT, Locale.GERMAN);
        try (PDDocument document = Loader.loadPDF(PdfReport.of(report))) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("de");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentInformation().getTitle())
                    .isEqualTo("VORLÄUFIGER BEFUND: ENTWURF - nicht geprüft");
            List<String> fonts = new ArrayList<>();
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
                    fonts.add(page.getResources().getFont(name).getName());
                }
                assertThat(page.getAnnotations()).isEmpty();
            }
            assertThat(fonts).isNotEmpty().allMatch(name -> name.endsWith("LiberationSans"));
            assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
        }
        assertThat(PdfReport.of(report)).isEqualTo(PdfReport.of(report));
    }

    @Test
    void everyPageOfAPdfSaysThatNobodyReviewedIt() throws IOException {
        ReportView report = Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH);
        try (PDDocument document = Loader.loadPDF(PdfReport.of(report))) {
            assertThat(document.getNumberOfPages()).isGreaterThan(1);
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                PDFTextStripper text = new PDFTextStripper();
                text.setStartPage(page);
                text.setEndPage(page);
                assertThat(text.getText(document))
                        .contains("DRAFT - not reviewed: Report " + report.reportKey() + ", Version 2");
            }
        }
    }

    @Test
    void aPdfHasLettersOfManyLanguagesAndSaysWhereItHasNone() throws IOException {
        try (PDDocument document = Loader.loadPDF(PdfReport.of(Reports.samples().get("ordered")))) {
            assertThat(new PDFTextStripper().getText(document)).contains("Müller, Łukasz Jürgen");
        }
    }
}
