package io.prelim.ingest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.ingest.config.TestConfig;
import io.prelim.store.Location;
import io.prelim.store.LogCopy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCopyTest {
    private static final Location SOMEWHERE = new Location(1, 100, 10);

    @Test
    void withoutABucketThereIsNoneAndNothingIsAskedOfIt() {
        StoreCopy copy = copy(Map.of());

        assertThat(copy.ofLog()).isSameAs(LogCopy.NONE);
        assertThat(copy.holds(SOMEWHERE)).isTrue();
        assertThat(copy.knows(7)).isTrue();
        assertThat(copy.isLonger(7)).isFalse();
        assertThat(copy.state()).isEmpty();
    }

    @Test
    void oneThatIsNotOpenYetHoldsNothing() {
        StoreCopy copy = copy(Map.of("prelim.store.copy.bucket", "copies"));

        assertThat(copy.holds(SOMEWHERE)).isFalse();
        assertThat(copy.knows(7)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000, false",
        "http://[::1]:9000, false",
        "https://192.0.2.1, false",
        "http://192.0.2.1:9000, true",
    })
    void whatIsReadableOnItsWayIsKnown(URI endpoint, boolean readable) {
        assertThat(StoreCopy.readableOnItsWay(endpoint)).isEqualTo(readable);
    }

    @Test
    void anotherMachineWithoutTlsIsRefusedUnlessAllowed() {
        String endpoint = "http://192.0.2.1:9000";

        assertThatThrownBy(
                        () -> copy(Map.of("prelim.store.copy.bucket", "copies", "prelim.store.copy.endpoint", endpoint))
                                .ofLog())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("allow-plain-http");
    }

    @Test
    void aRestoreWithoutABucketIsRefused() {
        assertThatThrownBy(() -> copy(Map.of("prelim.store.copy.restore", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
                        .restore(Path.of("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("prelim.store.copy.bucket");
    }

    private static StoreCopy copy(Map<String, String> config) {
        return new StoreCopy(TestConfig.of(config), new SimpleMeterRegistry());
    }
}
