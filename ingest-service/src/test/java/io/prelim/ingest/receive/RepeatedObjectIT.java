package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same SOP Instance UID over C-STORE again: one instance, a version of its header, or kept aside. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class RepeatedObjectIT extends OverDimse {
    @Test
    @BadInput(id = "M18", entrance = Entrance.DIMSE, answer = "C-STORE 0000, once")
    void theSameObjectAgainIsOneInstance() throws Exception {
        TestObject object = TestObject.radiograph();

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);
        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);
        index.awaitReceived(object.study(), 1);
        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.count("header_versions", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> index.revision(object.study()) == 1);
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.DIMSE, answer = "C-STORE 0000, once")
    void theSameObjectsAtOnceAreStoredOnceEach() throws Exception {
        String study = Uid.random();
        List<TestObject> objects = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            objects.add(TestObject.image(study, "1.2.3", i, 2_000));
        }
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ready = new CountDownLatch(4);
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            Thread sender = new Thread(() -> {
                try (Sender association = Sender.connect(listener.port())) {
                    ready.countDown();
                    ready.await();
                    for (TestObject object : objects) {
                        answers.add(association.send(object).status());
                    }
                } catch (IOException | InterruptedException e) {
                    answers.add(-1);
                }
            });
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(answers).hasSize(80).containsOnly(0);
        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(20);
        UUID key = Ids.study("default", study);
        assertThat(index.count("instances", "study_key", key)).isEqualTo(20);
        assertThat(index.count("parts", "study_key", key)).isEqualTo(41);
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.DIMSE, answer = "C-STORE 0000 and a version")
    void aChangedHeaderIsAnAuditedVersion() throws Exception {
        TestObject object = TestObject.radiograph();
        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(send(object.with(Tag.STATION_NAME, "ROOM7"))).isEqualTo(StoreResponse.SUCCESS);
        assertThat(send(object.with(Tag.PATIENT_ID, "OTHER"))).isEqualTo(StoreResponse.SUCCESS);
        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false", "2 false", "3 true");
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.DIMSE, answer = "C-STORE C002, kept aside")
    void otherPixelsUnderTheSameUidAreKeptAside() throws Exception {
        TestObject object = TestObject.radiograph();
        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);
        TestObject other = object.withPixels(77, 64 * 64);

        StoreResponse answer = send(other);
        StoreResponse again = send(other);

        assertThat(answer.status()).isEqualTo(0xC002);
        assertThat(answer.errorComment()).contains("other pixels");
        assertThat(again.status()).isEqualTo(0xC002);
        assertThat(index.count("quarantine", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.quarantinedPixels(object.sopInstance())).isEqualTo(other.pixels());
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }
}
