package io.prelim.report.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedTextTest {
    private static final String PNEUMONIA = "SCT.233604007";
    private static final String EFFUSION = "SCT.60046008";

    /** + there, - not there, ? nobody could tell; with level and side. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Right lower lobe pneumonia. | pneumonia + R",
                "en | No focal consolidation, pneumonia or pleural effusion is identified. | pneumonia -, effusion -",
                "en | There is no evidence of pneumonia. Small left pleural effusion. | pneumonia -, effusion + L",
                "en | Pneumonia has resolved. | pneumonia -",
                "en | Findings are suspicious for left sided pneumonia. | pneumonia +possible L",
                "en | Pneumonia cannot be excluded. | pneumonia +not-excluded",
                "en | INDICATION: rule out pneumonia. | ''",
                "en | Rule out pneumonia. | ''",
                "en | History of pneumonia, no effusion. | effusion -",
                "en | INDICATION: pneumonia?\\nFINDINGS: Lungs are clear. No effusion.\\nIMPRESSION:\\nNo acute disease. | effusion -",
                "en | The heart is not enlarged. There is an effusion on the right. | effusion + R",
                "en | No pneumonia. Addendum: pneumonia is seen after all. | pneumonia +",
                "en | No effusion and pneumonia. | effusion -",
                "en | No effusion, small pneumonia. | effusion -",
                "en | No effusion, but pneumonia. | effusion -, pneumonia +",
                "en | No effusion. Pneumonia. | effusion -, pneumonia +",
                "en | Lungs are free of pneumonia. | pneumonia -",
                "en | The pneumonia is no longer seen. | pneumonia -",
                "de | Kein Nachweis einer Pneumonie. Pleuraerguss links. | pneumonia -, effusion + L",
                "de | Befund: V. a. Pneumonie rechts, kein Erguss.\\nBeurteilung: Verdacht auf Pneumonie rechts. | pneumonia +possible R, effusion -",
                "de | Fragestellung: Pneumonie?\\nBefund: Keine Infiltrate, kein Erguss. | effusion -",
                "de | Weder Erguss noch Pneumonie. | effusion -, pneumonia -",
                "de | Ausschluss Pneumonie. | ''",
                "de | Die Pneumonie ist rückgebildet, beidseits Ergüsse. | pneumonia -, effusion + B",
            })
    void saysWhatTheTextSays(String language, String text, String expected) {
        assertThat(SignedText.read(language, text.replace("\\n", "\n")).stream()
                        .map(SignedTextTest::show)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    private static String show(SignedText.Said said) {
        String name =
                said.code().equals(PNEUMONIA) ? "pneumonia" : said.code().equals(EFFUSION) ? "effusion" : said.code();
        String sign = said.absent() ? "-" : said.present() ? "+" : "?";
        String level =
                said.level() == null || said.absent() ? "" : said.level().key().toLowerCase(Locale.ROOT);
        return List.of(name, sign + level, String.join("", said.sides())).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
