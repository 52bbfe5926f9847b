package io.prelim.ingest.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.Rows;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A study whose quiet period is longer than any test. */
final class Waiting {
    final String study = Uid.random();
    final String series = Uid.random();
    final UUID key = Ids.study("default", study);
    final List<TestObject> images = List.of(image(1), image(2), image(3));

    private TestObject image(int number) {
        return TestObject.image(study, series, number, 64).with(Tag.MODALITY, ServiceUnderTest.PATIENT_MODALITY);
    }

    List<String> instances() {
        return images.stream().map(TestObject::sopInstance).toList();
    }

    /** Sends images, the first being 1. */
    static void send(Sender sender, List<TestObject> images) throws IOException {
        for (TestObject image : images) {
            assertThat(sender.send(image).status()).isZero();
        }
    }

    /** That its quiet period runs, and how many revisions it has. */
    void waits(DataSource database, int revisions) {
        assertThat(Rows.of(
                        database,
                        "select (due_at > clock_timestamp() + interval '20 seconds') || ' ' || revision from studies"
                                + " where study_key = ?",
                        key))
                .containsExactly("true " + revisions);
    }
}
