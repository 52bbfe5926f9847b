package io.prelim.ingest.web.stow;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.RawHttp;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.testkit.peers.Orthanc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects a second by STOW-RS, beside C-STORE into the same service and beside Orthanc, one after the other in each round. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Tag("full")
@Timeout(600)
class StowThroughputIT {
    private static final int OBJECTS_A_SENDER = 40;
    private static final int SIZE = 512 << 10;
    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    @Inject
    DicomListener listener;

    /** An object as either door wants it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Prepared(TestObject object, byte[] dataSet, byte[] part) {
        static Prepared of(TestObject object) {
            return new Prepared(object, object.bytes(), StowClient.part("application/dicom", object.file()));
        }
    }

    private interface Load {
        /** Sends objects in one go; how many were stored. */
        int send(List<Prepared> objects) throws IOException;
    }

    @Test
    void besideCStoreAndOrthanc() throws Exception {
        try (Orthanc orthanc = Orthanc.start(folder, Orthanc.DICOMWEB)) {
            for (int senders : new int[] {1, 4}) {
                List<Double> cstore = new ArrayList<>();
                List<Double> stow = new ArrayList<>();
                List<Double> other = new ArrayList<>();
                for (int round = 0; round <= ROUNDS; round++) {
                    double first = rate(senders, this::cStore);
                    double second = rate(senders, objects -> stow(RestAssured.port, objects));
                    double third = rate(senders, objects -> stow(orthanc.httpPort(), objects));
                    if (round > 0) {
                        cstore.add(first);
                        stow.add(second);
                        other.add(third);
                    }
                }
                System.out.printf(
                        "512 KiB, %d senders, median of %d: C-STORE %.0f/s, STOW-RS %.0f/s, STOW-RS to Orthanc %.0f/s%n",
                        senders, ROUNDS, median(cstore), median(stow), median(other));
                assertThat(median(stow)).isGreaterThan(10);
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private int cStore(List<Prepared> objects) throws IOException {
        int stored = 0;
        try (Sender sender = Sender.connect(listener.port())) {
            for (Prepared each : objects) {
                stored += sender.send(each.object(), each.dataSet()).stored() ? 1 : 0;
            }
        }
        return stored;
    }

    private static int stow(int port, List<Prepared> objects) throws IOException {
        byte[] close = StowClient.ascii("--" + StowClient.BOUNDARY + "--\r\n");
        long length = objects.stream().mapToLong(each -> each.part().length).sum() + close.length;
        try (RawHttp http = RawHttp.connect(port)) {
            http.head(
                    "POST /dicom-web/studies HTTP/1.1",
                    "Host: 127.0.0.1:" + port,
                    "Accept: application/dicom+json",
                    "Content-Type: " + StowClient.MULTIPART,
                    "Content-Length: " + length);
            for (Prepared each : objects) {
                http.send(each.part());
            }
            return http.send(close).status() == 200 ? objects.size() : 0;
        }
    }

    private static double rate(int senders, Load load) throws InterruptedException {
        String study = Uid.random();
        List<List<Prepared>> objects = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            List<Prepared> mine = new ArrayList<>();
            for (int i = 0; i < OBJECTS_A_SENDER; i++) {
                mine.add(Prepared.of(TestObject.image(study, "1.2.3", i, SIZE)));
            }
            objects.add(mine);
        }
        AtomicInteger stored = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (List<Prepared> mine : objects) {
            threads.add(new Thread(() -> {
                try {
                    stored.addAndGet(load.send(mine));
                } catch (IOException e) {
                    stored.set(Integer.MIN_VALUE);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(stored.get()).isEqualTo(OBJECTS_A_SENDER * senders);
        return stored.get() / ((System.nanoTime() - begin) / 1e9);
    }
}
