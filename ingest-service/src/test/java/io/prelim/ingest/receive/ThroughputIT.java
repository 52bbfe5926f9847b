package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.prelim.dicom.core.Uid;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C-STOREs a second, each answered after its sync and commit. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Tag("full")
@Timeout(180)
class ThroughputIT {
    private static final int OBJECTS = 400;

    @Inject
    DicomListener listener;

    @Test
    void objectsASecond() throws Exception {
        run(4); // warm
        for (int associations : new int[] {1, 4, 16}) {
            double rate = run(associations);
            System.out.printf(
                    "%d objects of 512 KiB over %d associations: %.0f objects/s%n", OBJECTS, associations, rate);
            assertThat(rate).isGreaterThan(10);
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private double run(int associations) throws InterruptedException {
        String study = Uid.random();
        List<List<TestObject>> objects = new ArrayList<>();
        List<List<byte[]>> bytes = new ArrayList<>();
        for (int a = 0; a < associations; a++) {
            List<TestObject> mine = new ArrayList<>();
            for (int i = 0; i < OBJECTS / associations; i++) {
                mine.add(TestObject.image(study, "1.2.3", i, 512 << 10));
            }
            objects.add(mine);
            bytes.add(mine.stream().map(TestObject::bytes).toList());
        }
        AtomicInteger stored = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long begin = System.nanoTime();
        for (int a = 0; a < associations; a++) {
            int association = a;
            Thread sender = new Thread(() -> {
                try (Sender connected = Sender.connect(listener.port())) {
                    for (int i = 0; i < objects.get(association).size(); i++) {
                        if (connected
                                .send(
                                        objects.get(association).get(i),
                                        bytes.get(association).get(i))
                                .stored()) {
                            stored.incrementAndGet();
                        }
                    }
                } catch (IOException e) {
                    stored.set(Integer.MIN_VALUE);
                }
            });
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(stored.get()).isEqualTo(OBJECTS / associations * associations);
        return stored.get() / seconds;
    }
}
