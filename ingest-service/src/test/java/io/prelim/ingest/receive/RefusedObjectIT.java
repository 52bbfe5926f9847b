package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What C-STORE does not take, with the exact answer. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class RefusedObjectIT extends OverDimse {
    @Test
    void garbageIsMalformed() throws Exception {
        TestObject object = TestObject.radiograph();

        StoreResponse answer = send(object, "this is no data set, whatever it may say".getBytes());

        assertThat(answer.status()).isEqualTo(0xC001);
        assertThat(answer.errorComment()).isNotBlank();
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isZero();
    }

    @Test
    void aTruncatedObjectIsMalformed() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] bytes = object.bytes();

        StoreResponse answer = send(object, Arrays.copyOf(bytes, bytes.length - 100));

        assertThat(answer.status()).isEqualTo(0xC001);
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isZero();
    }

    @Test
    void anObjectBeyondTheLimitIsRefused() throws Exception {
        TestObject object = TestObject.radiograph().withPixels(1, 9 << 20);

        assertThat(send(object).status()).isEqualTo(0xC003);
    }

    @Test
    void uidsMustMatchTheCommandAndBeValid() throws Exception {
        TestObject object = TestObject.radiograph();
        TestObject other = TestObject.radiograph();
        assertThat(send(object, other.bytes()).status()).isEqualTo(0xC004);

        TestObject path = TestObject.radiograph().with(Tag.STUDY_INSTANCE_UID, "../../etc/passwd");
        assertThat(send(path).status()).isEqualTo(0xC004);

        TestObject none = TestObject.radiograph();
        none.dataSet().remove(Tag.SERIES_INSTANCE_UID);
        assertThat(send(none).status()).isEqualTo(0xC004);

        TestObject sopClass = TestObject.radiograph();
        byte[] ct = sopClass.with(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE).bytes();
        sopClass.with(Tag.SOP_CLASS_UID, Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION);
        assertThat(send(sopClass, ct).status()).isEqualTo(0xA900);
    }

    @Test
    void withoutADatabaseTheAnswerIsOutOfResourcesAndItRecovers() throws Exception {
        TestObject object = TestObject.radiograph();
        try (Sender sender = Sender.connect(listener.port())) {
            ServiceUnderTest.database().cut();
            StoreResponse away;
            try {
                away = sender.send(object);
            } finally {
                ServiceUnderTest.database().restore();
            }
            assertThat(away.status()).isEqualTo(0xA700);
            assertThat(away.errorComment()).isEqualTo("database not available");

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(sender.send(object)).isEqualTo(StoreResponse.SUCCESS));
        }
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
    }

    @Test
    void onlyWhoCallsUsByNameGetsIn() throws Exception {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.echo()).isZero();
        }
        assertThatThrownBy(() -> Sender.connect(listener.port(), "SOMEBODY"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1,1,7");
    }
}
