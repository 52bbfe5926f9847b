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
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/**
 * The main program of a model's process. It reads a {@link SessionSpec}, answers, and then answers one run after the other.
 *
 * <p>A run is asked for by the byte {@link #RUN} and the input's values. An answer is the byte {@link #DONE}, then after the load for each
 * wanted output its shape (the number of sides in 4 bytes, then each side in 8), after a run the values themselves; or the byte {@link #FAILED}, a length of two bytes and
 * so many bytes of UTF-8. Values are 32-bit floats in the machine's byte order.
 */
public final class ModelHost {
    public static final byte RUN = 1;
    public static final byte DONE = 2;
    public static final byte FAILED = 3;

    private static final int MAX_MESSAGE = 1000;

    private final SynchronousQueue<ByteBuffer> runs = new SynchronousQueue<>();
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
        try {
            session = new OnnxSession(SessionSpec.read(new DataInputStream(in)));
        } catch (OnnxSession.Refusal | OrtException e) {
            answer(answers, failed(e));
            return;
        }
        answer(answers, loaded(session.shapes()));
        new ModelHost(session, answers).serve(in.getChannel());
    }

    /** One thread runs, the other sees when nobody asks any more, also while a run does not end. */
    private void serve(FileChannel requests) throws IOException, InterruptedException {
        Thread runner = new Thread(this::answerRuns, "run");
        runner.setDaemon(true);
        runner.start();
        ByteBuffer request = ByteBuffer.allocate(1);
        while (fill(request.clear(), requests) && request.get(0) == RUN) {
            ByteBuffer input = session.input();
            if (!fill(input, requests)) {
                break;
            }
            runs.put(input);
        }
        Runtime.getRuntime().halt(0);
    }

    private void answerRuns() {
        try {
            while (true) {
                runs.take();
                try {
                    session.run();
                    answer(answers, ByteBuffer.allocate(1).put(DONE).flip());
                    for (ByteBuffer output : session.outputs()) {
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

    private static ByteBuffer loaded(List<long[]> shapes) {
        int sides = shapes.stream().mapToInt(shape -> shape.length).sum();
        ByteBuffer answer = ByteBuffer.allocate(1 + Integer.BYTES * shapes.size() + Long.BYTES * sides);
        answer.put(DONE);
        for (long[] shape : shapes) {
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
                .put(FAILED)
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
