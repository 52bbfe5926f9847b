package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How fast objects move through the network layer over loopback, sender and receiver in one process, and what CPU time the
 * receiver's association threads take for an object. Prints what it measured.
 */
@Tag("full")
class ThroughputTest {
    /** Far below what any machine of the last ten years reaches, so that only a stall of the protocol fails. */
    private static final double LEAST_MEGABYTES_PER_SECOND = 50;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Reads objects and throws them away; answers at once, or from a thread of its own. */
    private static final class Drain implements StoreScp {
        private final ExecutorService later;
        private final AtomicLong bytes = new AtomicLong();

        private Drain(ExecutorService later) {
            this.later = later;
        }

        @Override
        public CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException {
            byte[] buffer = new byte[64 << 10];
            long count = 0;
            for (int read = dataSet.read(buffer); read >= 0; read = dataSet.read(buffer)) {
                count += read;
            }
            bytes.addAndGet(count);
            return later == null
                    ? StoreResponse.SUCCESS.now()
                    : CompletableFuture.supplyAsync(() -> StoreResponse.SUCCESS, later);
        }
    }

    /** CPU time of associations' threads, from acceptance to release. */
    private static final class Cpu implements AssociationListener {
        private final ThreadLocal<Long> begin = new ThreadLocal<>();
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public void accepted(AssociationInfo association) {
            begin.set(THREADS.getCurrentThreadCpuTime());
        }

        @Override
        public void released(AssociationInfo association) {
            nanos.addAndGet(THREADS.getCurrentThreadCpuTime() - begin.get());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 500000, 3000",
        "1, 16, 500000, 3000",
        "4, 1, 500000, 1000",
        "4, 16, 500000, 1000",
        "1, 1, 20000000, 80",
        "4, 16, 20000000, 20"
    })
    void store(int associations, int window, int bytes, int objects) throws Exception {
        ExecutorService later = window == 1 ? null : Executors.newSingleThreadExecutor();
        Drain drain = new Drain(later);
        Cpu cpu = new Cpu();
        try (DicomServer server =
                DicomServer.start(ServerSettings.defaults(), AssociationPolicy.acceptAll(), drain, cpu)) {
            send(server, associations, window, bytes, objects / 4);
            drain.bytes.set(0);
            cpu.nanos.set(0);
            long begin = System.nanoTime();

            send(server, associations, window, bytes, objects);

            double seconds = (System.nanoTime() - begin) / 1e9;
            await().until(() -> server.connections() == 0);
            double megabytes = drain.bytes.get() / 1e6;
            System.out.printf(
                    "throughput: %d associations, window %d, objects of %.1f MB: %.0f MB/s, %.0f objects/s,"
                            + " receiver %.3f ms CPU an object%n",
                    associations,
                    window,
                    bytes / 1e6,
                    megabytes / seconds,
                    associations * objects / seconds,
                    cpu.nanos.get() / 1e6 / associations / objects);
            assertThat(drain.bytes.get()).isEqualTo((long) associations * bytes * objects);
            assertThat(megabytes / seconds).isGreaterThan(LEAST_MEGABYTES_PER_SECOND);
        } finally {
            if (later != null) {
                later.shutdown();
            }
        }
    }

    private static void send(DicomServer server, int associations, int window, int bytes, int objects)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(associations);
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < associations; i++) {
            senders.add(threads.submit(() -> {
                byte[] object = new byte[bytes];
                try (DicomClient client = DicomClient.connect(
                        ClientSettings.of("127.0.0.1", server.port(), "BENCH", "PRELIM")
                                .withMaxOperationsInvoked(window),
                        List.of(PresentationContext.of(Uid.CT_IMAGE_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
                    for (int n = 0; n < objects; n++) {
                        PendingStore store = client.begin(
                                Uid.CT_IMAGE_STORAGE,
                                "1.2." + n,
                                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                new ByteArrayInputStream(object));
                        if (window == 1) {
                            store.await();
                        }
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
