package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects that are wrong, M07 to M18: each through both doors, which must answer the same. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class BadObjectIT {
    private static final long UNDEFINED = 0xFFFF_FFFFL;

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Test
    @BadInput(
            id = "M07",
            entrance = Entrance.DIMSE,
            answer = "C-STORE C003; C001 where it is pixel data or below the cap")
    @BadInput(id = "M07", entrance = Entrance.STOW, answer = "409 C003; C001 where it is pixel data or below the cap")
    void aHugeValueLength() throws Exception {
        refused(0xC003, element(0x00291010, "OB", 0xFFFF_FFF0L));
        refused(0xC003, element(0x00291010, "UN", 65L << 20));
        refused(0xC001, element(0x00291010, "OB", 63L << 20), new byte[100]);
        refused(0xC001, element(Tag.PIXEL_DATA, "OW", 0xFFFF_FFF0L), new byte[100]);
    }

    @Test
    @BadInput(id = "M08", entrance = Entrance.DIMSE, answer = "C-STORE C003")
    @BadInput(id = "M08", entrance = Entrance.STOW, answer = "409 C003")
    void aNestingBomb() throws Exception {
        byte[][] nested = new byte[2 * 5_000][];
        for (int depth = 0; depth < 5_000; depth++) {
            nested[2 * depth] = element(0x0040A730, "SQ", UNDEFINED);
            nested[2 * depth + 1] = item(UNDEFINED);
        }
        refused(0xC003, nested);

        byte[] item = item(0);
        refused(0xC003, element(0x0040A730, "SQ", UNDEFINED), repeated(item, 1_000_001));
    }

    @Test
    @BadInput(id = "M10", entrance = Entrance.DIMSE, answer = "C-STORE C001, C003 or 0000")
    @BadInput(id = "M10", entrance = Entrance.STOW, answer = "409 C001, 409 C003 or 200")
    void fragmentsThatAreNone() throws Exception {
        byte[] pixels = element(Tag.PIXEL_DATA, "OB", UNDEFINED);
        stored(pixels, item(0), item(2), new byte[2]);
        byte[] looping = numbers(16, 0, 0xFFFF_FFF0, 16); // a frame behind the end, and two at one place
        stored(pixels, item(looping.length), looping, item(2), new byte[2]);
        byte[] extended = StowClient.concat(numbers(0, 0), numbers(-1, -1));
        stored(
                element(0x7FE00001, "OV", extended.length),
                extended,
                element(0x7FE00002, "OV", extended.length),
                extended,
                pixels,
                item(0),
                item(2),
                new byte[2]);
        refused(0xC003, pixels, repeated(item(0), 1_000_001));
        refused(0xC001, pixels, item(0), item(UNDEFINED), new byte[8]);
        refused(0xC001, pixels, item(0), item(1000), new byte[10]);
        refused(0xC001, pixels, item(0), new byte[8]);
        refused(0xC001, pixels, item(0), new byte[3]);
    }

    @Test
    @BadInput(id = "M11", entrance = Entrance.DIMSE, answer = "C-STORE 0000")
    @BadInput(id = "M11", entrance = Entrance.STOW, answer = "200")
    void anImageLargerThanItsPixelsIsStoredAsItIs() throws Exception {
        for (int door = 0; door < 2; door++) {
            TestObject object = TestObject.radiograph().with(Tag.NUMBER_OF_FRAMES, "2147483647");
            object.dataSet()
                    .putInteger(Tag.ROWS, 65535)
                    .putInteger(Tag.COLUMNS, 65535)
                    .putInteger(Tag.SAMPLES_PER_PIXEL, 65535);
            if (door == 0) {
                assertThat(dimse(object, object.bytes())).isZero();
            } else {
                assertThat(stow().store(object.file()).status()).isEqualTo(200);
            }
            assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
            assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
        }
    }

    @Test
    @BadInput(id = "M11", entrance = Entrance.DIMSE, answer = "C-STORE 0000")
    @BadInput(id = "M11", entrance = Entrance.STOW, answer = "200")
    void aPaletteThatSaysMoreThanItHoldsIsStoredAsItIs() throws Exception {
        byte[] entries = {0, 0, 0, 0, 16, 0}; // 65,536 of 16 bits
        stored(
                shortElement(0x00281101, "US", entries),
                shortElement(0x00281102, "US", entries),
                shortElement(0x00281103, "US", entries),
                element(0x00281201, "OW", 2),
                new byte[2],
                element(0x00281221, "OW", 4), // segmented: one value, repeated 65,535 times
                new byte[] {1, 0, -1, -1});
    }

    @Test
    @BadInput(id = "M14", entrance = Entrance.DIMSE, answer = "C-STORE 0000, bytes kept")
    @BadInput(id = "M14", entrance = Entrance.STOW, answer = "200, bytes kept")
    void textThatIsNotInItsCharacterSet() throws Exception {
        for (String charset : List.of("ISO_IR 192", "GB18030", "ISO 2022 IR 87", "NO SUCH SET")) {
            for (int door = 0; door < 2; door++) {
                TestObject object = TestObject.radiograph().with(Tag.SPECIFIC_CHARACTER_SET, charset);
                object.dataSet().putBytes(Tag.PATIENT_NAME, io.prelim.dicom.core.VR.PN, new byte[] {
                    'A', (byte) 0xFF, (byte) 0xFE, 0x1B, 0x24, 0x42, (byte) 0x80, '^'
                });
                if (door == 0) {
                    assertThat(dimse(object, object.bytes())).as(charset).isZero();
                } else {
                    assertThat(stow().store(object.file()).status()).as(charset).isEqualTo(200);
                }
                assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
            }
        }
    }

    @Test
    @BadInput(id = "M15", entrance = Entrance.DIMSE, answer = "C-STORE C004")
    @BadInput(id = "M15", entrance = Entrance.STOW, answer = "409 C004")
    void aUidThatIsAPath() throws Exception {
        for (String path : List.of("../../etc/passwd", "/etc/passwd", "1.2.3/4", "..", "1.2.")) {
            TestObject study = TestObject.radiograph().with(Tag.STUDY_INSTANCE_UID, path);
            assertThat(dimse(study, study.bytes())).as(path).isEqualTo(0xC004);
            assertThat(stow().store(study.file()).failed()).as(path).containsExactly(study.sopInstance() + " C004");

            TestObject instance = TestObject.radiograph().with(Tag.SOP_INSTANCE_UID, path);
            assertThat(dimse(instance, instance.bytes())).as(path).isEqualTo(0xC004);
            StowClient.Answer answer = stow().store(instance.file());
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.others()).as("not repeated").containsExactly("C004");
        }
    }

    @Test
    @BadInput(id = "M16", entrance = Entrance.STOW, answer = "200, preamble dropped")
    void anExecutablePreambleIsNotKept() throws Exception {
        TestObject object = TestObject.radiograph();
        byte[] file = object.file();
        byte[] program = "MZ this is a program".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(program, 0, file, 0, program.length);

        assertThat(stow().store(file).status()).isEqualTo(200);

        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    @BadInput(id = "M17", entrance = Entrance.DIMSE, answer = "C-STORE 0000, first of two counts")
    @BadInput(id = "M17", entrance = Entrance.STOW, answer = "200, first of two counts")
    void tagsTwiceOutOfOrderAndPrivateOnesThatCollide() throws Exception {
        byte[] creator = "PRELIM TEST ".getBytes(StandardCharsets.US_ASCII);
        byte[] other = "9.9.9.9 ".getBytes(StandardCharsets.US_ASCII);
        stored(
                shortElement(0x00290010, "LO", creator),
                shortElement(0x00290011, "LO", creator),
                shortElement(0x00291001, "LO", other),
                shortElement(0x00291101, "DS", other),
                shortElement(0x00295501, "UI", other),
                shortElement(Tag.SOP_INSTANCE_UID, "UI", other),
                shortElement(Tag.STUDY_INSTANCE_UID, "UI", other));
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.STOW, answer = "200 once; 200 and a version; 409 C002 and kept aside")
    void theSameUidAgain() throws Exception {
        TestObject object = TestObject.radiograph();
        assertThat(stow().store(object.file()).status()).isEqualTo(200);
        assertThat(stow().store(object.file()).status()).isEqualTo(200);
        assertThat(stow().store(object.with(Tag.STATION_NAME, "ROOM7").file()).status())
                .isEqualTo(200);
        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false", "2 false");
        TestObject other = object.withPixels(78, 64 * 64);

        StowClient.Answer answer = stow().store(other.file());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).containsExactly(object.sopInstance() + " C002");
        assertThat(index.quarantinedPixels(object.sopInstance())).isEqualTo(other.pixels());
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
    }

    @Test
    @BadInput(id = "M18", entrance = Entrance.DIMSE, answer = "C-STORE 0000 once")
    @BadInput(id = "M18", entrance = Entrance.STOW, answer = "200 once")
    void theSameObjectsThroughBothDoorsAtOnceAreStoredOnceEach() throws Exception {
        String study = Uid.random();
        List<TestObject> objects = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            objects.add(TestObject.image(study, "1.2.3", i, 2_000));
        }
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ready = new CountDownLatch(4);
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            boolean web = s % 2 == 0;
            senders.add(new Thread(() -> {
                try {
                    ready.countDown();
                    ready.await();
                    if (web) {
                        answers.add(stow().store(
                                        objects.stream().map(TestObject::file).toArray(byte[][]::new))
                                .status());
                        return;
                    }
                    try (Sender association = Sender.connect(listener.port())) {
                        for (TestObject object : objects) {
                            answers.add(association.send(object).status());
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    answers.add(-1);
                }
            }));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(answers).hasSize(42).containsOnly(0, 200);
        assertThat(index.count("instances", "study_key", io.prelim.events.Ids.study("default", study)))
                .isEqualTo(20);
    }

    /** Sends the head of a radiograph and these bytes behind it. */
    private void refused(int status, byte[]... tail) throws IOException, InterruptedException {
        TestObject object = withoutPixels();
        byte[] dataSet = StowClient.concat(object.bytes(), StowClient.concat(tail));

        assertThat(dimse(object, dataSet)).isEqualTo(status);
        StowClient.Answer answer = stow().store(file(object, dataSet));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).containsExactly(object.sopInstance() + String.format(" %04X", status));
        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isZero();
    }

    private void stored(byte[]... tail) throws IOException, InterruptedException {
        TestObject first = withoutPixels();
        TestObject second = withoutPixels();

        assertThat(dimse(first, StowClient.concat(first.bytes(), StowClient.concat(tail))))
                .isZero();
        byte[] dataSet = StowClient.concat(second.bytes(), StowClient.concat(tail));
        assertThat(stow().store(file(second, dataSet)).status()).isEqualTo(200);

        assertThat(index.original(second.sopInstance())).isEqualTo(dataSet);
    }

    private int dimse(TestObject announced, byte[] dataSet) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            return sender.send(announced, dataSet).status();
        }
    }

    private StowClient stow() {
        return new StowClient(RestAssured.port);
    }

    private static TestObject withoutPixels() {
        TestObject object = TestObject.radiograph();
        object.dataSet().remove(Tag.PIXEL_DATA);
        return object;
    }

    /** A file whose meta information is the object's, of another data set. */
    private static byte[] file(TestObject object, byte[] dataSet) {
        byte[] whole = object.file();
        return StowClient.concat(Arrays.copyOf(whole, whole.length - object.bytes().length), dataSet);
    }

    /** The head of an element with a 32 bit length (PS3.5 table 7.1-1). */
    private static byte[] element(int tag, String vr, long length) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .put(vr.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putInt((int) length)
                .array();
    }

    private static byte[] numbers(int... values) {
        ByteBuffer numbers = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            numbers.putInt(value);
        }
        return numbers.array();
    }

    /** An element with a 16 bit length (PS3.5 table 7.1-2). */
    private static byte[] shortElement(int tag, String vr, byte[] value) {
        return ByteBuffer.allocate(8 + value.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .put(vr.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static byte[] item(long length) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xFFFE)
                .putShort((short) 0xE000)
                .putInt((int) length)
                .array();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * times);
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
