package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast objects move through the network layer over loopback, sender and receiver in one process. Prints what it measured. */
@Tag("full")
class ThroughputTest {
    /** Far below what any machine of the last ten years reaches, so that only a stall of the protocol fails. */
    private static final double LEAST_MEGABYTES_PER_SECOND = 50;

    @ParameterizedTest
    @CsvSource({"1, 500000, 3000", "4, 500000, 1000", "1, 20000000, 80", "4, 20000000, 20"})
    void store(int associations, int bytes, int objects) throws Exception {
        AtomicLong received = new AtomicLong();
        StoreScp scp = (request, dataSet) -> {
            byte[] buffer = new byte[64 << 10];
            long count = 0;
            for (int read = dataSet.read(buffer); read >= 0; read = dataSet.read(buffer)) {
                count += read;
            }
            received.addAndGet(count);
            return StoreResponse.SUCCESS.now();
        };
        try (DicomServer server = DicomServer.start(
                ServerSettings.defaults(), AssociationPolicy.acceptAll(), scp, AssociationListener.NONE)) {
            send(server, associations, bytes, objects / 4);
            received.set(0);
            long begin = System.nanoTime();

            send(server, associations, bytes, objects);

            double seconds = (System.nanoTime() - begin) / 1e9;
            double megabytes = received.get() / 1e6;
            System.out.printf(
                    "throughput: %d associations, objects of %.1f MB: %.0f MB/s, %.0f objects/s%n",
                    associations, bytes / 1e6, megabytes / seconds, associations * objects / seconds);
            assertThat(received.get()).isEqualTo((long) associations * bytes * objects);
            assertThat(megabytes / seconds).isGreaterThan(LEAST_MEGABYTES_PER_SECOND);
        }
    }

    private static void send(DicomServer server, int associations, int bytes, int objects) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(associations);
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < associations; i++) {
            senders.add(threads.submit(() -> {
                byte[] object = new byte[bytes];
                try (DicomClient client = DicomClient.connect(
                        ClientSettings.of("127.0.0.1", server.port(), "BENCH", "PRELIM"),
                        List.of(PresentationContext.of(Uid.CT_IMAGE_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
                    for (int n = 0; n < objects; n++) {
                        client.store(Uid.CT_IMAGE_STORAGE, "1.2." + n, Uid.EXPLICIT_VR_LITTLE_ENDIAN, object);
                    }
                }
                return null;
            }));
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        threads.shutdown();
    }
}
