package io.prelim.bench.decode;

import io.prelim.bench.decode.Frames.Decoded;
import io.prelim.bench.decode.Program.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A format and depth: the files of it, and who takes turns at them. */
final class Subject {
    private final Format format;
    private final Picture picture;
    private final Path plain;
    private final Path encoded;
    private final Path decoded;
    private final Frames frames;

    /** Writes the picture and has it encoded. */
    Subject(Format format, Picture picture, Path folder) throws IOException, InterruptedException {
        this.format = format;
        this.picture = picture;
        this.plain = folder.resolve("plain-" + picture.bits() + ".dcm");
        this.encoded = format == Format.NATIVE ? plain : folder.resolve(format.label() + "-" + picture.bits() + ".dcm");
        this.decoded = folder.resolve("decoded.dcm");
        picture.write(plain);
        if (format != Format.NATIVE) {
            Program.run(format.encoder(), plain, encoded);
        }
        this.frames = Frames.of(encoded);
    }

    String name() {
        return format.label() + " " + picture.bits();
    }

    /** Whether what is encoded without loss is decoded to what it was. */
    boolean exact() throws IOException {
        return !format.lossless() || frames.same(Frames.of(plain));
    }

    void warmUp(int seconds) throws IOException, InterruptedException {
        frames.decode(1, seconds);
    }

    /** One round: ours on one thread and on every core, then the others' program and their copying. */
    List<Row> round(int round, int cores, int seconds) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int threads : cores == 1 ? new int[] {1} : new int[] {1, cores}) {
            Decoded ours = frames.decode(threads, seconds);
            rows.add(row(round, "prelim-" + threads, ours.frames(), ours.cost()));
        }
        if (format.decoder() != null) {
            rows.add(row(round, Row.DECODER, format.decoder(), encoded, seconds));
            rows.add(row(round, Row.COPIER, format.copier(), plain, seconds));
        }
        return rows;
    }

    private Row row(int round, String role, String command, Path from, int seconds)
            throws IOException, InterruptedException {
        Cost cost = Cost.NONE;
        int runs = 0;
        do {
            cost = cost.plus(Program.run(command, from, decoded));
            runs++;
        } while (cost.wall() < seconds);
        return row(round, role + command.split(" ", -1)[0], runs * picture.frames(), cost);
    }

    private Row row(int round, String who, int decodedFrames, Cost cost) {
        return new Row(
                round,
                format.label(),
                picture.bits(),
                who,
                decodedFrames,
                (double) decodedFrames * picture.frameBytes(),
                cost);
    }
}
