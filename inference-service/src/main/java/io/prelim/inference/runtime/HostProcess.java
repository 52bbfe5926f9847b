package io.prelim.inference.runtime;

import io.prelim.inference.runtime.host.ModelHost;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One model's process, seen from the worker. Whatever it does, it is over when its time is: it is killed then, and so it is when its
 * answers are none. Of its environment it has nothing. For one thread; {@link #kill} for any.
 */
final class HostProcess {
    private static final int CHUNK = 1 << 16;
    private static final int MAX_WORDS = 2000;
    private static final int MAX_RANK = 64;
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Process process;
    private final DataInputStream answers;
    private final OutputStream requests;
    private final StringBuffer words = new StringBuffer();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final byte[] chunk = new byte[CHUNK];
    private volatile boolean late;

    private HostProcess(HostFiles files) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=4g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Donnxruntime.native.path=" + files.folder(),
                "-cp",
                files.classPath(),
                ModelHost.class.getName());
        // no secret of the worker's is the model's to read
        command.environment().clear();
        command.directory(files.folder().toFile());
        process = command.start();
        answers = new DataInputStream(process.getInputStream());
        requests = process.getOutputStream();
        Thread reader = new Thread(this::listen, "model-host-words");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process that has loaded a model and proved it by a run with zeros.
     *
     * @throws ModelFailure saying what is wrong with the model
     * @throws HostEnded if it ended instead
     */
    static HostProcess start(byte[] model, String input, List<Long> shape, List<String> outputs, Duration within)
            throws ModelFailure, HostEnded {
        Path file = null;
        try {
            HostFiles files = HostFiles.get();
            file = files.model(model);
            HostProcess host = new HostProcess(files);
            host.load(new SessionSpec(file.toString(), input, shape, outputs), within);
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

    /** The sides of each output; not to be changed. */
    Map<String, long[]> shapes() {
        return shapes;
    }

    /** How many values each output has. */
    Map<String, Integer> sizes() {
        return sizes;
    }

    /**
     * @param values as many as the input has
     * @throws ModelFailure if the model says that it failed; the process goes on
     * @throws HostEnded if there was no answer
     */
    Map<String, float[]> run(float[] values, Duration within) throws ModelFailure, HostEnded {
        Future<?> end = endAfter(within);
        try {
            requests.write(ModelHost.RUN);
            send(values);
            requests.flush();
            answer();
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> output : sizes.entrySet()) {
                outputs.put(output.getKey(), receive(output.getValue()));
            }
            return outputs;
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
    private void answer() throws IOException, ModelFailure {
        int answer = answers.read();
        if (answer == ModelHost.FAILED) {
            byte[] text = new byte[answers.readUnsignedShort()];
            answers.readFully(text);
            throw new ModelFailure(new String(text, StandardCharsets.UTF_8));
        }
        if (answer != ModelHost.DONE) {
            throw new IOException("no answer");
        }
    }

    private HostEnded ended() {
        if (late) {
            return new HostEnded("its process did not answer in time", true);
        }
        String said = words.isEmpty() ? "" : ": " + words.toString().strip();
        return new HostEnded("its process ended" + said, false);
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
