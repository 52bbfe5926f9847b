package io.prelim.report.template;

import static io.prelim.report.BuiltIn.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.Code;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyReceived;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateSetTest {
    private static final Code CHEST = new Code("SCT", "399208008", "Plain chest X-ray");
    private static final Code LOCAL = new Code("99LOCAL", "CXR", "Chest");

    /** Its images are DX of the CHEST. */
    private final Studies study = Studies.study("1.2.3");

    @Test
    void theNearestTemplateIsChosen() throws BadSiteFile {
        SiteFile any = template("any", "for: any");
        SiteFile part = template("part", "for: {bodyPart: [CHEST]}");
        SiteFile modality = template("modality", "for: {modality: [CR, DX]}");
        SiteFile both = template("both", "for: {modality: [CR, DX], bodyPart: [CHEST, ABDOMEN]}");
        SiteFile code = template("code", "for: {procedures: [SCT^399208008]}");

        assertThat(chosen(CHEST, any, part, modality, both, code)).isEqualTo("code");
        assertThat(chosen(null, any, part, modality, both, code)).isEqualTo("both");
        assertThat(chosen(null, any, part, modality)).isEqualTo("modality");
        assertThat(chosen(null, any, part)).isEqualTo("part");
        assertThat(chosen(null, any)).isEqualTo("any");
        assertThat(chosen(null)).isEqualTo("general");
        assertThat(chosen(CHEST)).isEqualTo("chest-radiograph");
    }

    @Test
    void aTemplateOfALanguageIsForThatLanguageAlone() throws BadSiteFile {
        TemplateSet set = BuiltIn.with(template("deutsch", "language: de\nfor: any"), template("any", "for: any"));

        assertThat(set.choose(study.received(), null, "de-AT").template().name())
                .isEqualTo("deutsch");
        assertThat(set.choose(study.received(), null, "en").template().name()).isEqualTo("any");
        assertThat(BuiltIn.with(template("deutsch", "language: de\nfor: any"))
                        .choose(study.received(), null, "en")
                        .template()
                        .name())
                .isEqualTo("general");
    }

    @Test
    void localCodesAreMappedByTheSiteThenByIngest() throws BadSiteFile {
        SiteFile map = file(
                "procedures.yaml",
                "schema: prelim.procedures/1\nprocedures:\n  CXR: SCT^1^Other\n  99LOCAL|CXR: SCT^399208008^Chest\n");

        TemplateChoice mapped = BuiltIn.with(map).choose(study.received(), ordered(null, LOCAL), "en");
        TemplateChoice byIngest = BuiltIn.with().choose(study.received(), ordered(CHEST, LOCAL), "en");
        TemplateChoice unmapped = BuiltIn.with().choose(study.received(), ordered(null, LOCAL, LOCAL), "en");
        TemplateChoice named = BuiltIn.with(template("cxr", "for: {procedures: [99LOCAL^CXR]}"))
                .choose(study.received(), ordered(null, LOCAL), "en");

        assertThat(mapped.procedure()).isEqualTo(new Code("SCT", "399208008", "Chest"));
        assertThat(mapped.template().name()).isEqualTo("chest-radiograph");
        assertThat(mapped.unmapped()).isEmpty();
        assertThat(byIngest.procedure()).isEqualTo(CHEST);
        assertThat(byIngest.unmapped()).isEmpty();
        assertThat(unmapped.procedure()).isNull();
        assertThat(unmapped.template().name()).isEqualTo("general");
        assertThat(unmapped.unmapped()).containsExactly(LOCAL);
        assertThat(named.template().name()).isEqualTo("cxr");
        assertThat(named.unmapped()).isEmpty();
    }

    @Test
    void aNameThatIsBuiltInIsTakenOver() throws BadSiteFile {
        TemplateSet set = BuiltIn.with(template("chest-radiograph", "for: {procedures: [SCT^399208008]}"));

        assertThat(set.templates()).extracting(Template::name).containsExactly("chest-radiograph", "general");
        assertThat(set.choose(study.received(), ordered(CHEST, LOCAL), "en")
                        .template()
                        .version())
                .isEqualTo("7");
    }

    /** Line, what stands there in place of a sound template's line, and what the message says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | schema: prelim.template/2 | schema must be prelim.template/1",
                "2 | name: With Blanks | name must be 1 to 64 lower-case",
                "3 | version: [1] | version must be text",
                "4 | for: some | for must be \"any\"",
                "4 | for: {} | for must name 1 to",
                "4 | for: {procedures: [CXR]} | SCHEME^CODE",
                "4 | for: {modality: [dx]} | in capitals",
                "4 | for: {modality: [DX, DX]} | is there twice",
                "4 | for: {weekday: [MONDAY]} | \"weekday\" is not known here; known are bodyPart, modality, procedures",
                "4 | for: &a [*a] | an alias (*) is not read",
                "5 | section: | \"section\" is not known here",
                "6 | '  examination: [{images} taken]' | is no YAML",
                "6 | '  examination: [{images}]' | put a line with braces in quotes",
                "6 | '  examination: [\"{runtime}\"]' | {runtime} is no placeholder",
                "6 | '  examination: [\"{findings}\"]' | {findings} is no placeholder",
                "6 | '  examination: [\"a } brace\"]' | a brace is no part of a placeholder",
                "6 | '  examination: [\"${jndi:x}\"]' | a brace is no part of a placeholder",
                "6 | '  examination: [\"{examination}\", \"{examination}\"]' | is there twice",
                "6 | '  examination: \"{examination}\"' | examination must be a list",
                "6 | '  examination: [a, \"b\\nc\"]' | must be one line",
                "7 | '  examination: []' | is there twice",
                "10 | '  findings: [\"The heart is normal.\"]' | what it says comes from models alone",
                "10 | '  findings: []' | what it says comes from models alone",
                "11 | '  impression: [\"{findings}\"]' | what it says comes from models alone",
                "11 | '  findings2: []' | \"findings2\" is not known here",
                "11 | '  impression: [' | is no YAML",
            })
    void whatCannotBeUsedIsRefusedWithItsLine(int line, String text, String says) {
        List<String> lines =
                new java.util.ArrayList<>(sound("bad", "for: any").lines().toList());
        lines.set(line - 1, text);

        BadSiteFile problem = refused(file("bad.yaml", String.join("\n", lines)));

        assertThat(problem.getMessage()).startsWith("bad.yaml:").contains(says);
        assertThat(problem.line()).as(problem.getMessage()).isBetween(line, line + 1);
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String key : List.of("schema", "name", "version", "for", "sections", "  technique", "  impression")) {
            String without = sound("bad", "for: any")
                    .lines()
                    .filter(line -> !line.startsWith(key + ":"))
                    .filter(line -> !key.equals("sections") || !line.startsWith("  "))
                    .reduce("", (all, line) -> all + line + "\n");

            assertThat(refused(file("bad.yaml", without)).getMessage())
                    .contains("\"" + key.strip() + "\" is missing; add it");
        }
    }

    @Test
    void filesThatAreNoTemplatesAreRefused() {
        assertThat(refused(file("bad.yaml", "")).getMessage()).contains("is empty");
        assertThat(refused(new SiteFile("bad.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
                        .getMessage())
                .contains("is not UTF-8");
        assertThat(refused(new SiteFile("bad.yaml", new byte[SiteFile.MOST_BYTES + 1]))
                        .getMessage())
                .contains("make it 65536 at most");
        assertThat(refused(file("bad.yaml", "[".repeat(1000))).getMessage()).contains("is no YAML");
        assertThat(refused(file("bad.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"))
                        .getMessage())
                .startsWith("bad.yaml:2: an alias");
    }

    @Test
    void twoTemplatesForTheSameAreRefused() {
        BadSiteFile same = refused(template("one", "for: any"), template("two", "for: any"));
        BadSiteFile name = refused(template("one", "for: any"), template("one", "for: {modality: [DX]}"));

        assertThat(same.getMessage()).contains("two.yaml:4: any has the template one already");
        assertThat(name.getMessage()).contains("the name one is another file's too");
    }

    @Test
    void mappingsThatCannotBeUsedAreRefusedWithTheirLine() {
        assertThat(refused(file("procedures.yaml", "schema: prelim.procedures/1\nprocedures:\n  CXR: chest"))
                        .getMessage())
                .startsWith("procedures.yaml:3: the procedure of CXR must be SCHEME^CODE");
        assertThat(refused(file("procedures.yaml", "schema: prelim.procedures/1\nprocedures:\n  A: S^1\n  A: S^2"))
                        .getMessage())
                .startsWith("procedures.yaml:4: \"A\" is there twice");
    }

    @Test
    void linesHoldTextAndPlaceholdersAlone() throws BadSiteFile {
        String yaml = sound("own", "for: any")
                .replace("technique: []", "technique: [\"{technique}\", \"Views: {views} $1 \\\\\", 'As usual.']");

        Template template =
                BuiltIn.with(file("own.yaml", yaml)).choose(null, null, "en").template();

        List<Line> lines = template.sections().get(Section.TECHNIQUE);
        assertThat(lines.get(0)).isEqualTo(new Line.Drafted());
        assertThat(((Line.Filled) lines.get(1)).fill(java.util.Map.of(Placeholder.VIEWS, "PA {images} $2")))
                .contains("Views: PA {images} $2 $1 \\");
        assertThat(((Line.Filled) lines.get(1)).fill(java.util.Map.of())).isEmpty();
        assertThat(lines.get(2)).isEqualTo(new Line.Fixed("As usual."));
        assertThat(template.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void sectionsKeepTheOrderOfTheTemplate() throws BadSiteFile {
        String yaml = sound("own", "for: any")
                .replace("  impression: [\"{impression}\"]\n", "")
                .replace("sections:\n", "sections:\n  impression: [\"{impression}\"]\n");

        assertThat(BuiltIn.with(file("own.yaml", yaml))
                        .choose(null, null, "en")
                        .template()
                        .sections()
                        .keySet())
                .containsExactly(
                        Section.IMPRESSION,
                        Section.EXAMINATION,
                        Section.INDICATION,
                        Section.TECHNIQUE,
                        Section.COMPARISON,
                        Section.FINDINGS);
    }

    private String chosen(Code procedure, SiteFile... site) throws BadSiteFile {
        StudyReceived received = study.received();
        return BuiltIn.with(site)
                .choose(received, procedure == null ? null : ordered(procedure, LOCAL), "en")
                .template()
                .name();
    }

    private PatientContext ordered(Code mapped, Code... codes) {
        PatientContext context = study.context();
        return new PatientContext(
                context.studyKey(),
                context.studyInstanceUid(),
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                mapped,
                Arrays.stream(codes)
                        .map(code -> new OrderReference(UUID.randomUUID(), null, null, code))
                        .toList());
    }

    private static BadSiteFile refused(SiteFile... files) {
        return catchThrowableOfType(BadSiteFile.class, () -> BuiltIn.with(files));
    }

    private static SiteFile template(String name, String choice) {
        return file(name + ".yaml", sound(name, choice));
    }

    private static String sound(String name, String choice) {
        return "schema: prelim.template/1\nname: " + name + "\nversion: \"7\"\n" + choice + """

                sections:
                  examination: []
                  indication: []
                  technique: []
                  comparison: []
                  findings: ["{findings}"]
                  impression: ["{impression}"]
                """;
    }
}
