package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Patient;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.events.Phi;
import io.prelim.ingest.fixture.Engine;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientReaderTest {
    private static final Instant AT = Instant.parse("2026-01-02T10:15:00Z");
    private static final IdentityKeys KEYS = new IdentityKeys("the secret of this test");

    @Test
    void anUpdateNamesTheIdOfTheIssuerThatIsExpected() throws Refused {
        PatientUpdated updated = (PatientUpdated) reader("patient-issuer", "MPI")
                .update(message("ADT^A08", "PID|1||1^^^LAB~2^^^MPI~3||Doe^Jane||197001021530|X"), AT);

        assertThat(updated.patientKey()).isEqualTo(KEYS.patient("MPI", Phi.of("2")));
        assertThat(updated.patient().issuer()).isEqualTo("MPI");
        assertThat(updated.patient().birthDate()).isEqualTo(Phi.of("19700102"));
        assertThat(updated.patient().sex()).isNull();
        assertThat(updated.occurredAt()).isEqualTo(AT);
    }

    @Test
    void anIdWithoutAuthorityIsOfThePeersIssuer() throws Refused {
        PatientUpdated updated = (PatientUpdated) reader().update(message("ADT^A31", "PID|1||7^^^&1.2.3&ISO"), AT);
        assertThat(updated.patient().issuer()).isEqualTo("1.2.3");

        updated = (PatientUpdated) reader().update(message("ADT^A31", "PID|1||7||\"\"||19701399"), AT);
        assertThat(updated.patient().issuer()).isEqualTo("default");
        assertThat(updated.patient().name()).isNull();
        assertThat(updated.patient().birthDate()).isNull();
    }

    @Test
    void everyMrgIsAMergeIntoThePidBeforeIt() throws Refused {
        List<Event> merges = reader().merges(
                        message("ADT^A40", "PID|1||A", "MRG|B||||||Roe^Jo", "PID|2||C^^^H", "MRG|D", "MRG|E^^^I"), AT);

        assertThat(merges).hasSize(3);
        PatientMerged first = (PatientMerged) merges.get(0);
        assertThat(first.patientKey()).isEqualTo(KEYS.patient("default", Phi.of("A")));
        assertThat(first.priorKey()).isEqualTo(KEYS.patient("default", Phi.of("B")));
        assertThat(first.prior().name()).isEqualTo(Phi.of("Roe^Jo"));
        // of the same issuer as the patient who goes on, unless it says otherwise
        assertThat(((PatientMerged) merges.get(1)).priorKey()).isEqualTo(KEYS.patient("H", Phi.of("D")));
        assertThat(((PatientMerged) merges.get(2)).priorKey()).isEqualTo(KEYS.patient("I", Phi.of("E")));
    }

    @ParameterizedTest
    @CsvSource({
        "PID|1||A, ZXX|1, MRG: required segment missing",
        "MRG|B, PID|1||A, MRG: no PID stands before it",
        "PID|1||A, MRG|, MRG-1: required field missing",
        "PID|1||A, MRG|A, MRG-1: the same patient as in PID-3"
    })
    void whatIsNoMerge(String first, String second, String why) {
        Refused refused =
                catchThrowableOfType(Refused.class, () -> reader().merges(message("ADT^A40", first, second), AT));

        assertThat(refused).hasMessage(why);
    }

    @ParameterizedTest
    @CsvSource({
        "20260102101500+0100, 2026-01-02T09:15:00Z",
        "20260102101500.1234, 2026-01-02T09:15:00Z",
        "202601021015, 2026-01-02T09:15:00Z",
        "20260102, 2026-01-01T23:00:00Z"
    })
    void timesAreOfTheirOwnZoneOrThatOfTheService(String text, Instant time) {
        assertThat(Fields.time(text, ZoneId.of("Europe/Vienna"))).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"''", "2026", "20261302", "2026010225", "20260102101500+9999", "yesterday"})
    void whatIsNoTime(String text) {
        assertThat(Fields.time(text, ZoneId.of("Europe/Vienna"))).isEmpty();
    }

    @Test
    void aSenderTellsOfItsIssuersPatientsOnly() throws Refused {
        PatientReader clinic = reader("patient-issuer", "CLINIC", "patient-issuers", "NATIONAL");

        assertThat(((PatientUpdated) clinic.update(message("ADT^A08", "PID|1||1^^^WARD~2^^^NATIONAL"), AT)).patient())
                .isEqualTo(new Patient("NATIONAL", Phi.of("2"), null, null, null));
        assertThat(((PatientUpdated) clinic.update(message("ADT^A08", "PID|1||3"), AT))
                        .patient()
                        .issuer())
                .isEqualTo("CLINIC");
        assertThat(catchThrowableOfType(Refused.class, () -> clinic.update(message("ADT^A08", "PID|1||1^^^WARD"), AT)))
                .hasMessage("PID-3: of an issuer that this sender may not tell of");
        Refused merge = catchThrowableOfType(
                Refused.class, () -> clinic.merges(message("ADT^A40", "PID|1||3", "MRG|1^^^WARD"), AT));
        assertThat(merge).hasMessage("MRG-1: of an issuer that this sender may not tell of");
        assertThat(merge.refusal().code()).isEqualTo(Refusal.Code.AR);
    }

    private static PatientReader reader(String... settings) {
        return new PatientReader(TestPeer.with(settings), KEYS);
    }

    private static Hl7Message message(String type, String... segments) throws Refused {
        return Hl7Message.parse(Engine.message(type, "1", segments).getBytes(StandardCharsets.UTF_8), "8859/1");
    }
}
