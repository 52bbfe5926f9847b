package io.prelim.report.draft;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyReceived;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.template.BadSiteFile;
import io.prelim.report.template.Section;
import io.prelim.report.template.TemplateChoice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateFillingTest {
    private static final String TEMPLATE = """
            schema: prelim.template/1
            name: own
            version: "2.1"
            for: any
            sections:
              technique:
                - "{modality} of the {body-part}: {views}; {images} images, {series} series."
                - Exposure as the protocol says.
                - "{technique}"
              examination:
                - "Ordered: {procedure}."
              indication:
                - "{indication}"
              comparison:
                - "{comparison}"
              impression:
                - "{impression}"
              findings:
                - "{findings}"
            """;

    private final Studies study = Studies.study("1.2.3");

    @Test
    void linesOfTheSiteAreMarkedAsWhatTheyAre() throws BadSiteFile {
        Draft draft = draft(study.received(), new Code("SCT", "399208008", "Plain chest X-ray"), null);

        assertThat(draft.sections().keySet())
                .containsExactly(
                        Section.TECHNIQUE,
                        Section.EXAMINATION,
                        Section.INDICATION,
                        Section.COMPARISON,
                        Section.IMPRESSION,
                        Section.FINDINGS);
        assertThat(draft.technique())
                .extracting(sentence -> ((Sentence.Worded) sentence).text())
                .containsExactly(
                        "digital radiography of the chest: LATERAL, PA; 2 images, 2 series.",
                        "Exposure as the protocol says.",
                        "Digital radiography, LATERAL, PA view; 2 images in 2 series.");
        assertThat(draft.technique().get(0)).isInstanceOf(Sentence.Description.class);
        assertThat(draft.technique().get(0).evidence())
                .hasSize(2)
                .hasAtLeastOneElementOfType(Evidence.OfTemplate.class)
                .hasAtLeastOneElementOfType(Evidence.OfStudy.class);
        assertThat(draft.technique().get(1)).isInstanceOf(Sentence.SiteText.class);
        assertThat(draft.examination())
                .singleElement()
                .satisfies(sentence ->
                        assertThat(((Sentence.Worded) sentence).text()).isEqualTo("Ordered: Plain chest X-ray."));
        assertThat(draft.template().name()).isEqualTo("own");
        assertThat(draft.template().version()).isEqualTo("2.1");
        assertThat(draft.template().digest()).startsWith("sha256:");
    }

    @Test
    void aLineWhoseWordsAreNotKnownIsLeftOut() throws BadSiteFile {
        Draft draft = draft(null, null, null);

        assertThat(draft.technique()).singleElement().isInstanceOf(Sentence.SiteText.class);
        assertThat(draft.examination()).isEmpty();
    }

    @Test
    void whatIsSyntheticIsSaidWhateverTheTemplate() throws BadSiteFile {
        Draft draft = draft(study.received(), null, study.context("SYNTHETIC chest"));

        assertThat(draft.examination())
                .singleElement()
                .satisfies(sentence ->
                        assertThat(((Sentence.Worded) sentence).text()).isEqualTo("Synthetic image, no patient."));
    }

    private Draft draft(StudyReceived images, Code procedure, PatientContext context) throws BadSiteFile {
        TemplateChoice choice = BuiltIn.with(BuiltIn.file("own.yaml", TEMPLATE)).choose(images, context, "en");
        return new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard())
                .draft(
                        Facts.at(T0, study.plan(FAR, active("chest")), images, context, null, Map.of(), Set.of()),
                        new TemplateChoice(choice.template(), procedure, List.of()));
    }
}
