package io.prelim.report.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.report.delivery.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HL7 v2.5.1 section 2.9 and table 0357. */
class AcknowledgementTest {
    private static final String MSH = "MSH|^~\\&|RIS|HOSP|PRELIM||20260301||ACK|9|P|2.5.1";
    private static final int MOST = 3;

    @ParameterizedTest
    @ValueSource(strings = {"AA", "CA"})
    void whatIsTaken(String code) {
        assertThat(answer(MSH + "\rMSA|" + code + "|ID1\r")).contains(new Answer.Stored(null));
    }

    @ParameterizedTest
    @CsvSource({
        "MSA|AE|ID1, AE",
        "MSA|AR|ID1|no room for Canary, AR",
        "MSA|CE|ID1, CE",
        "MSA|CR|ID1, CR",
        "MSA|AE|ID1||||204^Unknown key identifier, AE with error 204",
        "MSA|AE|ID1;ERR||PID^1^3|204^Unknown key identifier^HL70357|E, AE with error 204"
    })
    void whatMayPassIsTriedSoOften(String segments, String problem) {
        assertThat(answer(MSH + "\r" + segments.replace(';', '\r'))).contains(new Answer.Later(problem, MOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSA|AE|ID1;ERR|||207^Application internal error", "MSA|AR|ID1;ERR|PID^1^3^206"})
    void whatPassesIsTriedOnAndOn(String segments) {
        assertThat(answer(MSH + "\r" + segments.replace(';', '\r')).orElseThrow())
                .isInstanceOfSatisfying(
                        Answer.Later.class, later -> assertThat(later.most()).isEqualTo(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "MSA|AE|ID1;ERR||PID^1^3|101^Required field missing|E, AE with error 101",
        "MSA|AR|ID1;ERR|||203, AR with error 203",
        "MSA|AE|ID1;ERR|PID^1^5^102&x, AE"
    })
    void whatStaysIsNot(String segments, String problem) {
        Answer answer = answer(MSH + "\r" + segments.replace(';', '\r')).orElseThrow();
        assertThat(answer)
                .isEqualTo(problem.equals("AE") ? new Answer.Later(problem, MOST) : new Answer.Refused(problem));
    }

    @Test
    void delimitersAreThoseOfTheAnswer() {
        assertThat(read("MSH$*~\\&$RIS\nMSA$AE$ID1\nERR$$$207*x")).contains(new Acknowledgement("AE", "ID1", "207"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "MSH", "MSH|^~\\&|RIS", "MSA|AA|ID1", "<xml/>", "PID|MSH\rMSA|AA|ID1"})
    void whatIsNone(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void anAcknowledgementWithoutACodeOfHl7ComesToNothing() {
        assertThat(answer(MSH + "\rMSA")).isEmpty();
        assertThat(answer(MSH + "\rMSA|OK|ID1")).isEmpty();
        assertThat(read(MSH + "\rMSA|AA").orElseThrow().controlId()).isEmpty();
    }

    private static Optional<Answer> answer(String text) {
        return read(text).flatMap(found -> found.answer(MOST));
    }

    private static Optional<Acknowledgement> read(String text) {
        return Acknowledgement.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
