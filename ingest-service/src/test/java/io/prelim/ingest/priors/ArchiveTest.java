package io.prelim.ingest.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TestConfig;
import io.prelim.ingest.remote.TestRemotes;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "prelim.priors.archive", "archive",
            "prelim.dicom.remotes.archive.ae-title", "PACS",
            "prelim.dicom.remotes.archive.host", "127.0.0.1",
            "prelim.dicom.remotes.archive.port", "104");

    private static Archive archive(Map<String, String> settings) {
        IngestConfig config = TestConfig.of(settings);
        return new Archive(TestRemotes.of(config), config);
    }

    @ParameterizedTest
    @CsvSource({
        "PACS, '', true",
        "PACS, PRELIM, true",
        "PACS2, PRELIM, true",
        "PACS, ELSEWHERE, false",
        "CT1, '', false",
        "CT1, ELSEWHERE, false"
    })
    void whatMayBeFetchedSaysSoOrComesFromTheArchive(String sender, String moveOriginator, boolean fetched) {
        assertThat(archive(SETTINGS).sends(sender, moveOriginator)).isEqualTo(fetched);
    }

    @Test
    void withoutAnArchiveNothingIsFetched() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.remove("prelim.priors.archive");
        Archive none = archive(settings);

        assertThat(none.sends("PACS", "PRELIM")).isFalse();
        PriorsUnavailable unavailable = catchThrowableOfType(PriorsUnavailable.class, () -> none.instances("1.2.3"));
        assertThat(unavailable.why()).isEqualTo(PriorsUnavailable.Why.NO_ARCHIVE);
    }
}
