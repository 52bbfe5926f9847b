package io.prelim.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PixelLimitsTest {
    @Test
    void defaults() {
        assertThat(PixelLimits.DEFAULT)
                .isEqualTo(
                        new PixelLimits(134_217_728, 536_870_912, 1_000_000, 1_000_000, 8192, Duration.ofSeconds(30)));
    }

    @Test
    void limitsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> PixelLimits.DEFAULT.withMaxPixels(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelLimits.DEFAULT.withMaxFrameBytes(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelLimits.DEFAULT.withMaxFragments(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelLimits.DEFAULT.withDeadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
