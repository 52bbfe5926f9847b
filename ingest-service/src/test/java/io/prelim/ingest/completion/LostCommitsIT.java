package io.prelim.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StoreUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that came up after a crash may lack images that their sender was told are stored. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class LostCommitsIT {
    @Inject
    DicomListener listener;

    @Inject
    StudyCompleter completer;

    @Inject
    StoreUnderTest store;

    @Inject
    TestIndex index;

    @Inject
    Scheduler scheduler;

    @Test
    void noStudyIsAssembledBeforeTheLogWasReadAgain() throws Exception {
        TestObject object = TestObject.radiograph();
        scheduler.pause();
        try (Sender sender = Sender.connect(listener.port())) {
            sender.send(object);
            store.run("delete from index_witness");
            letItBeDue(object);

            completer.look();

            assertThat(index.revision(object.study())).isZero();
        } finally {
            scheduler.resume();
        }
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    private void letItBeDue(TestObject object) throws SQLException {
        store.run("update studies set due_at = now() - interval '1 minute' where study_key = '"
                + Ids.study("default", object.study()) + "'");
    }
}
