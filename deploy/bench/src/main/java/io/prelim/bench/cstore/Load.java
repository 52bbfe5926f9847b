package io.prelim.bench.cstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends objects over several associations or connections side by side, each waiting for its answer before the next request.
 *
 * @param seconds from the first byte to the last answer, associations established before
 * @param answerNanos from the first byte of a request to its answer, ascending
 */
record Load(double seconds, long[] answerNanos) {
    /**
     * @param first number of the first object
     * @param count objects in all, parted evenly
     * @throws IOException when an object is not answered as stored
     */
    static Load run(Receiver receiver, Door door, Workload workload, int first, int count, int associations)
            throws IOException, InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(associations);
        CyclicBarrier established = new CyclicBarrier(associations + 1);
        try {
            List<Future<long[]>> running = new ArrayList<>();
            for (int a = 0; a < associations; a++) {
                int from = first + (int) ((long) count * a / associations);
                int to = first + (int) ((long) count * (a + 1) / associations);
                running.add(senders.submit(sender(receiver, door, workload, from, to, established)));
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
        } catch (ExecutionException | BrokenBarrierException e) {
            throw new IOException("an association failed", e);
        } finally {
            senders.shutdownNow();
        }
    }

    private static Callable<long[]> sender(
            Receiver receiver, Door door, Workload workload, int from, int to, CyclicBarrier established) {
        return () -> {
            int step = door.objectsPerRequest();
            long[] nanos = new long[(to - from + step - 1) / step];
            try (Door.Session session = door.open(receiver, workload)) {
                established.await();
                for (int request = 0; request < nanos.length; request++) {
                    int number = from + request * step;
                    long begin = System.nanoTime();
                    session.send(number, Math.min(to, number + step));
                    nanos[request] = System.nanoTime() - begin;
                }
            } catch (IOException e) {
                established.reset();
                throw e;
            }
            return nanos;
        };
    }

    /** @param share 0 to 1, such as 0.99 */
    double percentileMillis(double share) {
        return answerNanos[(int) Math.min(answerNanos.length - 1, Math.floor(share * answerNanos.length))] / 1e6;
    }
}
