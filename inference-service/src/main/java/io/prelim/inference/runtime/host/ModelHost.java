package io.prelim.inference.runtime.host;

import ai.onnxruntime.OrtException;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;
import java.util.regex.Pattern;

/**
 * The main program of a model's process. It reads a {@link SessionSpec}, answers, and then answers one run after the other.
 *
 * <p>A run is asked for by the byte {@link #RUN}, how many inputs it is of (4 bytes) and their values, one input after the other. An answer
 * is the byte {@link #DONE}, then after the load the {@link Provider}'s place among its kin (1 byte), how many inputs a run may have
 * (4 bytes) and for each wanted output its shape for one input (the number of sides in 4 bytes, then each side in 8), after a run for each
 * wanted output the values of all inputs; or the byte {@link #FAILED} or {@link #NO_MEMORY}, a length of two bytes and so many bytes of
 * UTF-8. Values are 32-bit floats in the machine's byte order.
 */
public final class ModelHost {
    public static final byte RUN = 1;
    public static final byte DONE = 2;
    public static final byte FAILED = 3;
    /** The model failed for want of memory. */
    public static final byte NO_MEMORY = 4;

    private static final int MAX_MESSAGE = 1000;
    /** How ONNX Runtime's allocators say so; its error code for it is the one for everything. */
    private static final Pattern WANT_OF_MEMORY =
            Pattern.compile("bad_alloc|failed to allocate|out of memory|bad allocation", Pattern.CASE_INSENSITIVE);

    private final SynchronousQueue<Integer> runs = new SynchronousQueue<>();
    private final FileChannel answers;
    private final OnnxSession session;

    private ModelHost(OnnxSession session, FileChannel answers) {
        this.session = session;
        this.answers = answers;
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        FileChannel answers = new FileOutputStream(FileDescriptor.out).getChannel();
        // nobody else's words among the answers
        System.setOut(System.err);
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        OnnxSession session;
        SessionSpec spec = SessionSpec.read(new DataInputStream(in));
        try {
            session = new OnnxSession(spec);
        } catch (OnnxSession.Refusal | OrtException e) {
            answer(answers, failed(e));
            return;
        }
        answer(answers, loaded(spec.provider(), session.pinned()));
        new ModelHost(session, answers).serve(in.getChannel());
    }

    /** One thread runs, the other sees when nobody asks any more, also while a run does not end. */
    private void serve(FileChannel requests) throws IOException, InterruptedException {
        Thread runner = new Thread(this::answerRuns, "run");
        runner.setDaemon(true);
        runner.start();
        ByteBuffer request = ByteBuffer.allocate(1 + Integer.BYTES);
        while (fill(request.clear(), requests) && request.get(0) == RUN) {
            int items = request.getInt(1);
            if (!fill(session.pinned().input(items), requests)) {
                break;
            }
            runs.put(items);
        }
        Runtime.getRuntime().halt(0);
    }

    private void answerRuns() {
        try {
            while (true) {
                int items = runs.take();
                try {
                    session.run(items);
                    answer(answers, ByteBuffer.allocate(1).put(DONE).flip());
                    for (ByteBuffer output : session.pinned().outputs(items)) {
                        answer(answers, output);
                    }
                } catch (OrtException e) {
                    answer(answers, failed(e));
                }
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static ByteBuffer loaded(Provider provider, Pinned pinned) {
        int sides = pinned.shapes().stream().mapToInt(shape -> shape.length).sum();
        ByteBuffer answer =
                ByteBuffer.allocate(2 + Integer.BYTES * (1 + pinned.shapes().size()) + Long.BYTES * sides);
        answer.put(DONE).put((byte) provider.ordinal()).putInt(pinned.batch());
        for (long[] shape : pinned.shapes()) {
            answer.putInt(shape.length);
            for (long side : shape) {
                answer.putLong(side);
            }
        }
        return answer.flip();
    }

    private static ByteBuffer failed(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        byte[] text =
                message.substring(0, Math.min(message.length(), MAX_MESSAGE)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + text.length)
                .put(WANT_OF_MEMORY.matcher(message).find() ? NO_MEMORY : FAILED)
                .putShort((short) text.length)
                .put(text)
                .flip();
    }

    /** @return false if the requests end before the buffer is full */
    private static boolean fill(ByteBuffer buffer, FileChannel requests) throws IOException {
        while (buffer.hasRemaining()) {
            if (requests.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void answer(FileChannel answers, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            answers.write(buffer);
        }
    }
}
