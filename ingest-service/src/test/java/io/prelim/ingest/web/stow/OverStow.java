package io.prelim.ingest.web.stow;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** A test that sends objects by STOW-RS. */
abstract class OverStow {
    @Inject
    TestIndex index;

    StowClient client;

    @BeforeEach
    void connect() {
        client = new StowClient(RestAssured.port);
    }

    final void nothingOf(TestObject object) {
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isZero();
    }
}
