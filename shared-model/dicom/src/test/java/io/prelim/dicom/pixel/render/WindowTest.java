package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.render.VoiTransform.Function;
import io.prelim.dicom.pixel.render.VoiTransform.Window;
import org.junit.jupiter.api.Test;

/** PS3.3 section C.11.2: windows, by the section's own examples of 8 bits. */
class WindowTest {
    @Test
    void linearOfTheWholeRangeIsTheValueItself() {
        // note 4 of section C.11.2.1.2.1: center 2048 and width 4096 are y = x / 4095 over 12 bits
        Window window = new Window(2048, 4096, Function.LINEAR);

        assertThat(window.apply(0)).isZero();
        assertThat(window.apply(4095)).isEqualTo(1, within(1e-12));
        assertThat(window.apply(1000)).isEqualTo(1000 / 4095.0, within(1e-12));
    }

    @Test
    void linearOfOneIsAThreshold() {
        // note 4: center 2048 and width 1 are 0 up to 2047, and 1 from 2048
        Window window = new Window(2048, 1, Function.LINEAR);

        assertThat(window.apply(2047)).isZero();
        assertThat(window.apply(2048)).isEqualTo(1);
    }

    @Test
    void linearOfAHundred() {
        // note 4: center 0 and width 100 are 0 up to -50, 1 above 49
        Window window = new Window(0, 100, Function.LINEAR);

        assertThat(window.apply(-50)).isZero();
        assertThat(window.apply(49)).isEqualTo(1, within(1e-12));
        assertThat(window.apply(0)).isEqualTo(0.5 / 99 + 0.5, within(1e-12));
    }

    @Test
    void exactEndsAtHalfItsWidth() {
        Window window = new Window(0, 100, Function.LINEAR_EXACT);

        assertThat(window.apply(-50)).isZero();
        assertThat(window.apply(0)).isEqualTo(0.5);
        assertThat(window.apply(25)).isEqualTo(0.75);
        assertThat(window.apply(51)).isEqualTo(1);
    }

    @Test
    void sigmoid() {
        Window window = new Window(10, 4, Function.SIGMOID);

        assertThat(window.apply(10)).isEqualTo(0.5);
        assertThat(window.apply(11)).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-12));
    }

    @Test
    void alternativesInTheirOrder() throws MalformedInput {
        DataSet dataSet = new DataSet().putDecimal(Tag.WINDOW_CENTER, 40, -600).putDecimal(Tag.WINDOW_WIDTH, 400, 1500);

        assertThat(VoiTransform.of(dataSet, true))
                .containsExactly(new Window(40, 400, Function.LINEAR), new Window(-600, 1500, Function.LINEAR));
        assertThat(VoiTransform.of(new DataSet(), true)).isEmpty();
    }

    @Test
    void windowsOfNoWidthAreLeftOut() throws MalformedInput {
        DataSet dataSet = new DataSet().putDecimal(Tag.WINDOW_CENTER, 0, 40, 7).putDecimal(Tag.WINDOW_WIDTH, 0, 0.5, 1);

        assertThat(VoiTransform.of(dataSet, true)).containsExactly(new Window(7, 1, Function.LINEAR));
        dataSet.putString(Tag.VOI_LUT_FUNCTION, "SIGMOID");
        assertThat(VoiTransform.first(dataSet, true)).isEqualTo(new Window(40, 0.5, Function.SIGMOID));
    }

    @Test
    void wordsThatAreNoNumbersNameNoWindow() throws MalformedInput {
        for (String width : new String[] {"", "NaN", "-400", "wide", "1e999"}) {
            DataSet dataSet = new DataSet().putString(Tag.WINDOW_CENTER, "40").putString(Tag.WINDOW_WIDTH, width);

            assertThat(VoiTransform.first(dataSet, true)).as(width).isNull();
        }
        assertThat(VoiTransform.first(new DataSet().putString(Tag.WINDOW_CENTER, "40"), true))
                .isNull();
    }

    @Test
    void aFunctionThatIsNoneIsRefused() {
        DataSet dataSet = new DataSet()
                .putDecimal(Tag.WINDOW_CENTER, 40)
                .putDecimal(Tag.WINDOW_WIDTH, 400)
                .putString(Tag.VOI_LUT_FUNCTION, "CUBIC");

        assertThatThrownBy(() -> VoiTransform.first(dataSet, true)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void ofARange() {
        VoiTransform range = VoiTransform.over(-100, 300);

        assertThat(range.apply(-100)).isZero();
        assertThat(range.apply(0)).isEqualTo(0.25);
        assertThat(range.apply(300)).isEqualTo(1);
        assertThat(VoiTransform.over(7, 7).apply(7)).isZero();
    }

    @Test
    void asAQueryParameterSaysIt() throws MalformedInput {
        assertThat(Window.parse("40,400,linear")).isEqualTo(new Window(40, 400, Function.LINEAR));
        assertThat(Window.parse("-600.5,1.5E3,linear-exact"))
                .isEqualTo(new Window(-600.5, 1500, Function.LINEAR_EXACT));
        assertThat(Window.parse("0,0.01,sigmoid")).isEqualTo(new Window(0, 0.01, Function.SIGMOID));
        assertThat(Window.parse("40,400")).isEqualTo(new Window(40, 400, Function.LINEAR));
    }

    @Test
    void queryParametersThatAreNoneAreRefused() {
        for (String value : new String[] {
            "",
            "40",
            "40,",
            ",400",
            "40,0",
            "40,0.5,linear",
            "40,-1,sigmoid",
            "40,0,linear-exact",
            "40,400,LINEAR",
            "40,400,",
            "40,400,linear,1",
            "NaN,400",
            "40,Infinity",
            "40,1e999",
            "0x10,400",
            "40,400d",
            " 40,400"
        }) {
            assertThatThrownBy(() -> Window.parse(value))
                    .as(value)
                    .isInstanceOfSatisfying(
                            MalformedInput.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(MalformedInput.Kind.STRUCTURE));
        }
    }
}
