package io.prelim.bench.cstore;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.DicomClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends objects over several associations side by side, each waiting for its answer before the next object.
 *
 * @param seconds from the first byte to the last answer, associations established before
 * @param answerNanos from the first byte of an object to its answer, ascending
 */
record Load(double seconds, long[] answerNanos) {
    /**
     * @param first number of the first object
     * @param count objects in all, parted evenly
     * @throws IOException when an object is not answered as stored
     */
    static Load run(Receiver receiver, Workload workload, int first, int count, int associations)
            throws IOException, InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(associations);
        CyclicBarrier established = new CyclicBarrier(associations + 1);
        try {
            List<Future<long[]>> running = new ArrayList<>();
            for (int a = 0; a < associations; a++) {
                int from = first + (int) ((long) count * a / associations);
                int to = first + (int) ((long) count * (a + 1) / associations);
                running.add(senders.submit(sender(receiver, workload, from, to, established)));
            }
            established.await();
            long begin = System.nanoTime();
            long[] all = new long[0];
            for (Future<long[]> one : running) {
                long[] nanos = one.get();
                int before = all.length;
                all = Arrays.copyOf(all, before + nanos.length);
                System.arraycopy(nanos, 0, all, before, nanos.length);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Arrays.sort(all);
            return new Load(seconds, all);
        } catch (ExecutionException | java.util.concurrent.BrokenBarrierException e) {
            throw new IOException("an association failed", e);
        } finally {
            senders.shutdownNow();
        }
    }

    private static Callable<long[]> sender(
            Receiver receiver, Workload workload, int from, int to, CyclicBarrier established) {
        return () -> {
            byte[] buffer = workload.buffer();
            long[] nanos = new long[to - from];
            try (DicomClient client = connect(receiver)) {
                established.await();
                for (int number = from; number < to; number++) {
                    workload.become(buffer, number);
                    long begin = System.nanoTime();
                    int status = client.store(
                                    Uid.CT_IMAGE_STORAGE,
                                    workload.sopInstanceUid(number),
                                    Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                    buffer)
                            .status();
                    nanos[number - from] = System.nanoTime() - begin;
                    if (status != 0) {
                        throw new IOException("object " + number + " was answered " + Integer.toHexString(status));
                    }
                }
            } catch (IOException e) {
                established.reset();
                throw e;
            }
            return nanos;
        };
    }

    private static DicomClient connect(Receiver receiver) throws IOException {
        return DicomClient.connect(
                ClientSettings.of("127.0.0.1", receiver.port(), "BENCH", receiver.aeTitle()),
                List.of(PresentationContext.of(Uid.CT_IMAGE_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN)));
    }

    /** @param share 0 to 1, such as 0.99 */
    double percentileMillis(double share) {
        return answerNanos[(int) Math.min(answerNanos.length - 1, Math.floor(share * answerNanos.length))] / 1e6;
    }
}
