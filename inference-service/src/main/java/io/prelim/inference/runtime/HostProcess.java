package io.prelim.inference.runtime;

import io.prelim.inference.runtime.ModelFailure.Kind;
import io.prelim.inference.runtime.host.ModelHost;
import io.prelim.inference.runtime.host.Provider;
import io.prelim.inference.runtime.host.SessionSpec;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One model's process, seen from the worker. Whatever it does, it is over when its time is: it is killed then, and so it is when its
 * answers are none. Of its environment it has nothing. For one thread; {@link #kill} for any.
 */
final class HostProcess {
    private static final int CHUNK = 1 << 16;
    private static final int MAX_WORDS = 2000;
    private static final int MAX_RANK = 64;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** Java's words and C++'s. */
    private static final Pattern WANT_OF_MEMORY =
            Pattern.compile("OutOfMemoryError|insufficient memory|Not enough space|bad_alloc");

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Process process;
    private final DataInputStream answers;
    private final OutputStream requests;
    private final StringBuffer words = new StringBuffer();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final byte[] chunk = new byte[CHUNK];
    private final Thread listener;
    private Provider provider;
    private int batch;
    private volatile boolean late;

    private HostProcess(HostFiles files, long memory) throws IOException {
        process = HostCommand.of(files, memory).start();
        answers = new DataInputStream(process.getInputStream());
        requests = process.getOutputStream();
        listener = new Thread(this::listen, "model-host-words");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts a process that has loaded a model and proved it by a run with zeros.
     *
     * @param memory bytes it may take
     * @throws ModelFailure saying what is wrong with the model
     * @throws HostEnded if it ended instead
     */
    static HostProcess start(
            byte[] model,
            String input,
            List<Long> shape,
            List<String> outputs,
            Execution execution,
            long memory,
            Duration within)
            throws ModelFailure, HostEnded {
        Path file = null;
        boolean cpu = execution.provider() == Provider.CPU;
        try {
            HostFiles files = HostFiles.get(execution.provider());
            file = files.model(model);
            SessionSpec spec = new SessionSpec(
                    file.toString(),
                    input,
                    shape,
                    outputs,
                    execution.provider(),
                    execution.device(),
                    memory,
                    execution.batch());
            // a driver maps much more than it uses: with a GPU its memory alone is bounded
            HostProcess host = new HostProcess(files, cpu ? memory : 0);
            host.load(spec, within);
            return host;
        } catch (IOException e) {
            throw new ModelFailure("its process cannot be started: " + e.getMessage());
        } finally {
            delete(file);
        }
    }

    private void load(SessionSpec spec, Duration within) throws ModelFailure, HostEnded {
        Future<?> end = endAfter(within);
        boolean loaded = false;
        try {
            spec.write(new DataOutputStream(requests));
            answer();
            provider = Provider.values()[answers.readByte()];
            batch = answers.readInt();
            for (String output : spec.outputs()) {
                int rank = answers.readInt();
                if (rank < 0 || rank > MAX_RANK) {
                    throw new IOException("no answer");
                }
                long[] sides = new long[rank];
                long size = 1;
                for (int i = 0; i < sides.length; i++) {
                    sides[i] = answers.readLong();
                    size = Math.multiplyExact(size, sides[i]);
                }
                shapes.put(output, sides);
                sizes.put(output, Math.toIntExact(size));
            }
            loaded = true;
        } catch (IOException e) {
            throw ended();
        } finally {
            end.cancel(false);
            if (!loaded) {
                kill();
            }
        }
    }

    /** That computes its runs. */
    Provider provider() {
        return provider;
    }

    /** Inputs a run may have at most. */
    int batch() {
        return batch;
    }

    /** The sides of each output for one input; not to be changed. */
    Map<String, long[]> shapes() {
        return shapes;
    }

    /** How many values each output has for one input. */
    Map<String, Integer> sizes() {
        return sizes;
    }

    /**
     * @param inputs 1 to {@link #batch}, each with as many values as the input has
     * @return the outputs for each input, in their order
     * @throws ModelFailure if the model says that it failed; the process goes on
     * @throws HostEnded if there was no answer
     */
    List<Map<String, float[]>> run(List<float[]> inputs, Duration within) throws ModelFailure, HostEnded {
        Future<?> end = endAfter(within);
        try {
            requests.write(ByteBuffer.allocate(1 + Integer.BYTES)
                    .put(ModelHost.RUN)
                    .putInt(inputs.size())
                    .array());
            for (float[] input : inputs) {
                send(input);
            }
            requests.flush();
            answer();
            List<Map<String, float[]>> answered = new ArrayList<>();
            inputs.forEach(input -> answered.add(new LinkedHashMap<>()));
            for (Map.Entry<String, Integer> output : sizes.entrySet()) {
                for (Map<String, float[]> each : answered) {
                    each.put(output.getKey(), receive(output.getValue()));
                }
            }
            return answered;
        } catch (IOException e) {
            kill();
            throw ended();
        } finally {
            end.cancel(false);
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    private void send(float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder());
        for (int sent = 0; sent < values.length; ) {
            int count = Math.min(CHUNK / Float.BYTES, values.length - sent);
            buffer.asFloatBuffer().put(values, sent, count);
            requests.write(chunk, 0, count * Float.BYTES);
            sent += count;
        }
    }

    private float[] receive(int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder());
        for (int received = 0; received < count; ) {
            int next = Math.min(CHUNK / Float.BYTES, count - received);
            answers.readFully(chunk, 0, next * Float.BYTES);
            buffer.asFloatBuffer().get(values, received, next);
            received += next;
        }
        return values;
    }

    /** Reads an answer's first byte, and why the model failed where it did. */
    private void answer() throws IOException, ModelFailure, HostEnded {
        int answer = answers.read();
        if (answer == ModelHost.FAILED || answer == ModelHost.NO_MEMORY) {
            byte[] text = new byte[answers.readUnsignedShort()];
            answers.readFully(text);
            String why = new String(text, StandardCharsets.UTF_8);
            if (answer == ModelHost.FAILED) {
                throw new ModelFailure(why);
            }
            // what it took until then it does not give back
            kill();
            throw new HostEnded(why, Kind.OUT_OF_MEMORY);
        }
        if (answer != ModelHost.DONE) {
            if (answer >= 0) {
                // where a Java that dies says why
                words.append(new String(answers.readNBytes(MAX_WORDS), StandardCharsets.US_ASCII));
            }
            throw new IOException("no answer");
        }
    }

    private HostEnded ended() {
        if (late) {
            return new HostEnded("its process did not answer in time", Kind.LATE);
        }
        try {
            // its last words come by another pipe
            listener.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = words.isEmpty() ? "" : ": " + words.toString().strip();
        Kind kind = WANT_OF_MEMORY.matcher(said).find() ? Kind.OUT_OF_MEMORY : Kind.CRASHED;
        return new HostEnded("its process ended" + said, kind);
    }

    private Future<?> endAfter(Duration time) {
        return WATCH.schedule(
                () -> {
                    late = true;
                    kill();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Keeps the first words, and reads the others so that the process is not held up by them. */
    private void listen() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (words.length() < MAX_WORDS) {
                    words.append((char) next);
                }
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // goes with its folder
        }
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "model-host-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }
}
