package io.prelim.chaos.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was sent and what was answered, one line each, synced before the sender goes on: what it says of an object is all a sender
 * could know.
 */
public final class Journal implements AutoCloseable {
    private static final String SENDING = "sending";
    private static final String STORED = "stored";
    private static final String REFUSED = "refused";
    private static final String UNKNOWN = "unknown";

    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** A new journal. */
    public static Journal create(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
    }

    /** Returns when it is durable that the parcel may be on its way. */
    void sending(Parcel parcel) {
        write(SENDING + " " + parcel.id());
    }

    /** Returns when the answer is durable. */
    void answered(Parcel parcel, Answer answer) {
        if (answer instanceof Answer.Stored) {
            write(STORED + " " + parcel.id());
        } else if (answer instanceof Answer.Refused refused) {
            write(REFUSED + " " + parcel.id() + " " + refused.status());
        } else {
            write(UNKNOWN + " " + parcel.id());
        }
    }

    private synchronized void write(String line) {
        try {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** By parcel: the last answer that counts; an answer for good is never taken back by a later one. */
    public static Map<Integer, Answer> read(Path path) throws IOException {
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        for (String line : Files.readAllLines(path, StandardCharsets.US_ASCII)) {
            String[] words = line.split(" ", -1);
            int parcel = Integer.parseInt(words[1]);
            switch (words[0]) {
                case STORED -> answers.put(parcel, new Answer.Stored());
                case REFUSED -> answers.put(parcel, new Answer.Refused(Integer.parseInt(words[2])));
                default -> answers.putIfAbsent(parcel, new Answer.Unknown("no answer"));
            }
        }
        return answers;
    }
}
