package io.prelim.inference.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.model.ModelManifest.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    @Test
    void labelsAreBytes() {
        assertThat(Labels.of(Form.LABELS, new float[] {0, 1, 255}, 3)).hasValue(new byte[] {0, 1, (byte) 255});
    }

    @Test
    void theHighestScoreIsTheLabelTheFirstOfSeveral() {
        float[] scores = {-1, 3, 0, /* */ -2, 3, 0.5f, /* */ 7, 2, 0};

        assertThat(Labels.of(Form.SCORES, scores, 3)).hasValue(new byte[] {2, 0, 1});
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 256, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
    void whatIsNoLabelIsNotReadAsOne(float value) {
        assertThat(Labels.of(Form.LABELS, new float[] {1, value}, 2)).isEmpty();
    }

    @Test
    void aScoreThatIsNoNumberIsNotCompared() {
        assertThat(Labels.of(Form.SCORES, new float[] {1, 2, Float.NaN, 4}, 2)).isEmpty();
        assertThat(Labels.of(Form.SCORES, new float[] {1, 2, 3, Float.NEGATIVE_INFINITY}, 2))
                .isEmpty();
    }
}
