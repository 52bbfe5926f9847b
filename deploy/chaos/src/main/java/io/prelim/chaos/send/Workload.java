package io.prelim.chaos.send;

import io.prelim.chaos.seed.Seeds;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Studies by number, made anew from the seed whenever asked: radiographs, small CTs, reports, and what senders do wrong with them. */
public final class Workload {
    /** In every name, identifier and accession number that is sent, and in nothing else. */
    public static final String CANARY = "GIRLITZ";

    private static final int COLUMNS = 160;
    private static final int ROWS = 130;
    private static final int MOST_SLICES = 5;
    private static final int PARCELS_A_STUDY = 100;

    private final long seed;
    /** Pixel data, drawn once: to draw them for each image would cost more than everything else here. */
    private final List<byte[]> radiographs;

    public Workload(long seed) {
        this.seed = seed;
        SyntheticRadiograph source = SyntheticRadiograph.load();
        this.radiographs = SyntheticRadiograph.SAMPLES.stream()
                .map(sample -> littleEndian(source.pixels(sample.kind(), sample.seed(), COLUMNS, ROWS)))
                .toList();
    }

    private static byte[] littleEndian(short[] pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pixels);
        return bytes.array();
    }

    /** @param number from 0 */
    public Script study(int number) {
        return new Maker(number).script();
    }

    private final class Maker {
        private final int number;
        private final Random random;
        private final StudyGenerator generator;
        private final List<Parcel> parcels = new ArrayList<>();
        private int next;

        Maker(int number) {
            this.number = number;
            this.random = Seeds.random(~seed, number);
            this.generator = new StudyGenerator("chaos " + seed + " " + number);
        }

        Script script() {
            int kind = random.nextInt(20);
            List<Supplier<DataSet>> objects = new ArrayList<>();
            if (kind < 5) {
                for (int image = 1; image <= 1 + kind % 2; image++) {
                    int at = image;
                    objects.add(() -> named(radiograph(at)));
                }
            } else if (kind < 19) {
                int slices = 1 + random.nextInt(MOST_SLICES);
                for (int slice = 0; slice < slices; slice++) {
                    int at = slice;
                    objects.add(() -> named(generator.computedTomography(at + 1).get(at)));
                }
            }
            boolean images = !objects.isEmpty();
            if (kind >= 17) {
                objects.add(() -> named(generator.textReport()));
            }
            Collections.shuffle(objects, random);
            List<Parcel> late = new ArrayList<>();
            for (int i = 0; i < objects.size(); i++) {
                boolean holdBack = i > 0 && i == objects.size() - 1 && random.nextInt(3) == 0;
                send(objects.get(i), holdBack ? late : parcels);
            }
            broken();
            return new Script(number, generator.studyInstanceUid(), images, parcels, late);
        }

        /** The object, and what follows on it: whatever is sent of it later comes after it was stored. */
        private void send(Supplier<DataSet> made, List<Parcel> to) {
            Parcel object = parcel(Parcel.Kind.OBJECT, made.get(), bytes(made.get()));
            to.add(object);
            if (random.nextInt(6) == 0) {
                to.add(parcel(Parcel.Kind.DUPLICATE, made.get(), object.dataSet()));
            }
            if (random.nextInt(8) == 0) {
                DataSet changed = made.get().putString(Tag.SERIES_DESCRIPTION, "SYNTHETIC, sent again");
                to.add(parcel(Parcel.Kind.CHANGED_HEADER, changed, bytes(changed)));
            }
            if (random.nextInt(10) == 0 && made.get().contains(Tag.PIXEL_DATA)) {
                byte[] other = object.dataSet().clone();
                other[other.length - 2] ^= 1;
                to.add(parcel(Parcel.Kind.OTHER_PIXELS, made.get(), other));
            }
        }

        /** Objects of the study that must never be seen: their SOP Instance UIDs come nowhere else. */
        private void broken() {
            if (random.nextInt(6) != 0) {
                return;
            }
            int at = MOST_SLICES + 1;
            DataSet object = named(generator.computedTomography(at).get(at - 1));
            byte[] whole = bytes(object);
            if (random.nextBoolean()) {
                byte[] cut = java.util.Arrays.copyOf(whole, whole.length * 3 / 5);
                parcels.add(random.nextInt(parcels.size()), parcel(Parcel.Kind.TRUNCATED, object, cut));
            } else {
                Parcel honest = parcel(Parcel.Kind.OTHER_INSTANCE, object, whole);
                parcels.add(
                        random.nextInt(parcels.size()),
                        new Parcel(
                                honest.id(),
                                honest.kind(),
                                honest.studyInstanceUid(),
                                honest.sopClassUid(),
                                honest.sopInstanceUid(),
                                honest.sopInstanceUid() + "0",
                                whole));
            }
        }

        private DataSet named(DataSet object) {
            return object.putString(Tag.PATIENT_NAME, CANARY + "^" + number)
                    .putString(Tag.PATIENT_ID, CANARY + "-P" + number)
                    .putString(Tag.ACCESSION_NUMBER, CANARY + "-A" + number);
        }

        private DataSet radiograph(int at) {
            return generator
                    .radiographWithoutPixels(at)
                    .putInteger(Tag.COLUMNS, COLUMNS)
                    .putInteger(Tag.ROWS, ROWS)
                    .putBytes(Tag.PIXEL_DATA, VR.OW, radiographs.get((number + at) % radiographs.size()));
        }

        private Parcel parcel(Parcel.Kind kind, DataSet object, byte[] bytes) {
            String uid = object.string(Tag.SOP_INSTANCE_UID);
            return new Parcel(
                    number * PARCELS_A_STUDY + next++,
                    kind,
                    generator.studyInstanceUid(),
                    object.string(Tag.SOP_CLASS_UID),
                    uid,
                    uid,
                    bytes);
        }
    }

    /** Every SOP class that is sent. */
    static List<String> sopClasses() {
        return List.of(
                Uid.CT_IMAGE_STORAGE, Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, Uid.BASIC_TEXT_SR_STORAGE);
    }

    private static byte[] bytes(DataSet object) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DataSetWriter.write(object, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
