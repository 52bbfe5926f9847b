package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.ingest.hl7.Refusal.Refused;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7MessageTest {
    private static final String HEADER = "MSH|^~\\&|A|B|||20260102||ADT^A08|1|P|2.5.1";

    @Test
    void fieldsAreFoundByTheirDelimitersAndUnescaped() throws Refused {
        Hl7Message message = parse(HEADER + "\rPID|1||4^^^H&1.2&ISO~5^^^L||O\\T\\Neil\\F\\\\S\\\\R\\\\E\\^Ann||\"\"\r");

        Segment pid = message.required("PID");
        assertThat(pid.value(3, 1)).isEqualTo("4");
        assertThat(pid.repetitions(3, 10)).isEqualTo(2);
        assertThat(pid.value(pid.repetition(3, 0), 4, 2)).isEqualTo("1.2");
        assertThat(pid.value(pid.repetition(3, 1), 4, 1)).isEqualTo("L");
        assertThat(pid.value(5, 1)).isEqualTo("O&Neil|^~\\");
        assertThat(pid.value(5, 2)).isEqualTo("Ann");
        assertThat(pid.value(7, 1)).isEmpty();
        assertThat(pid.value(30, 1)).isEmpty();
        assertThat(message.type()).isEqualTo("ADT^A08");
        assertThat(message.header().value(10, 1)).isEqualTo("1");
    }

    @Test
    void otherDelimitersAreAsGood() throws Refused {
        Hl7Message message = parse("MSH#!*%$#A#B###20260102##ADT!A08#1#P#2.5.1\rPID#1##4!!!H$1*5##A%T%B!C|D\r");

        assertThat(message.required("PID").value(5, 1)).isEqualTo("A$B");
        assertThat(message.required("PID").value(5, 2)).isEqualTo("C|D");
    }

    @Test
    void segmentsKeepTheirOrderAndCountTheirNames() throws Refused {
        Hl7Message message = parse(HEADER + "\r\nORC|NW\nOBR|1\rZXX|what\r\r\nORC|NW\r\nOBR|2");

        assertThat(message.segments()).extracting(Segment::toString).containsExactly("ORC[1]", "ORC[2]", "OBR[1]");
    }

    @ParameterizedTest
    @CsvSource({"8859/1, ISO-8859-1", "8859/15, ISO-8859-15", "8859/5, ISO-8859-5", "UNICODE UTF-8, UTF-8"})
    void textIsInTheCharacterSetOfMsh18(String name, String charset) throws Refused {
        String person = charset.equals("ISO-8859-5") ? "Люкceмбypг" : "Müller";
        String text = HEADER + "||||||" + name + "\rPID|1||4||" + person + "\r";

        Hl7Message message = Hl7Message.parse(text.getBytes(Charset.forName(charset)), "ASCII");

        assertThat(message.required("PID").value(5, 1)).isEqualTo(person);
    }

    @Test
    void bytesThatAreNotOfTheCharacterSetAreShownAsSuch() throws Refused {
        byte[] latin = (HEADER + "||||||UNICODE UTF-8\rPID|1||4||M\u00fcller\r").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Hl7Message.parse(latin, "ASCII").required("PID").value(5, 1)).isEqualTo("M\ufffdller");
    }

    static Stream<Arguments> whatIsNoMessage() {
        String none = "MSH: no message in vertical bar encoding";
        return Stream.of(
                Arguments.of("", none),
                Arguments.of("PID|1", none),
                Arguments.of("MSH|^~|&", none),
                Arguments.of("MSHAAAAA|", none),
                Arguments.of("<?xml version=\"1.0\"?><!DOCTYPE a>", none),
                Arguments.of(HEADER + "||||||UNICODE UTF-16", "MSH-18: character set not supported"),
                Arguments.of(HEADER + "\rPID|1\r" + HEADER, "MSH: a second header"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoMessage(String text, String why) {
        Refused refused = catchThrowableOfType(Refused.class, () -> parse(text));

        assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.AR);
        assertThat(refused).hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "|", "^", "~", "\\", "&"})
    void delimitersAloneCostNothing(String delimiter) {
        String text = HEADER + "\rPID|1||" + delimiter.repeat(200_000);

        Refused refused = catchThrowableOfType(
                Refused.class, () -> Fields.patient(parse(text).required("PID"), 3, 5, "H", TestPeer.with()));

        assertThat(refused).hasMessage("PID-3: required field missing");
    }

    @Test
    void segmentsWithoutEndAreRefused() {
        Refused refused = catchThrowableOfType(Refused.class, () -> parse(HEADER + "\rX".repeat(10_000)));

        assertThat(refused).hasMessage("message: too many segments");
    }

    @Test
    void aHeaderWithoutEndIsRefused() {
        Refused refused = catchThrowableOfType(Refused.class, () -> parse(HEADER + "x".repeat(5_000)));

        assertThat(refused).hasMessage("MSH: longer than 4096 bytes");
    }

    private static Hl7Message parse(String text) throws Refused {
        return Hl7Message.parse(text.getBytes(StandardCharsets.ISO_8859_1), "8859/1");
    }
}
