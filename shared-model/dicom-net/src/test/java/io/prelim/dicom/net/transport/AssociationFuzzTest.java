package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.object.DataSet;
import io.prelim.testkit.dimse.Units;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer sends and then ends its output, the server answers in whole units and closes, within its limits and without a
 * fault of its own, and no connection or thread stays behind.
 */
class AssociationFuzzTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String MPPS = Uid.MODALITY_PERFORMED_PROCEDURE_STEP;
    private static final String COMMITMENT = Uid.STORAGE_COMMITMENT_PUSH_MODEL;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final String RELEASE = Units.RELEASE_RQ.replace(" ", "");
    private static final int MOST_THREADS = 64;

    /** Reached only by a server that hangs: each input ends with the peer's output. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicReference<AbortCause> FAULT = new AtomicReference<>();
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final DicomServer SERVER = start();

    private static DicomServer start() {
        ServerSettings settings = ServerSettings.defaults()
                .withAbstractSyntaxes(Set.of(MPPS, COMMITMENT))
                .withTimeouts(PATIENCE, PATIENCE, PATIENCE);
        try {
            return DicomServer.start(
                    settings,
                    AssociationPolicy.acceptAll(),
                    AssociationFuzzTest::store,
                    AssociationFuzzTest::serve,
                    new AssociationListener() {
                        @Override
                        public void aborted(AssociationInfo association, AbortCause cause) {
                            if (cause.kind() == AbortCause.Kind.INTERNAL_ERROR
                                    || cause.kind() == AbortCause.Kind.TIMED_OUT) {
                                FAULT.compareAndSet(null, cause);
                            }
                        }
                    });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some objects are read whole and some not, some answered at once and some later. */
    private static CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException {
        if (request.messageId() % 3 != 0) {
            dataSet.readAllBytes();
        }
        return request.messageId() % 2 == 0
                ? StoreResponse.SUCCESS.now()
                : CompletableFuture.supplyAsync(() -> StoreResponse.of(0xA700, "full"));
    }

    /** Some are served, some fail; what came is sent back. */
    private static NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        if (request.messageId() % 3 == 0) {
            throw new IllegalStateException("failing is part of it");
        }
        return new NormalizedResponse(0, null, MPPS, dataSet);
    }

    private static byte[] normalized(int contextId, NormalizedOperation operation, String sopClass, String instance) {
        byte[] command = Command.normalizedRequest(2, operation, sopClass, instance, 1, true)
                .encode();
        // (0008,1199) with an item of (0008,1155)
        byte[] dataSet = HexFormat.of()
                .parseHex("08009911" + "ffffffff" + "feff00e0" + "0c000000" + "08005511" + "04000000" + "312e3200"
                        + "feffdde0" + "00000000");
        return join(Units.data(contextId, true, true, command), Units.data(contextId, false, true, dataSet));
    }

    /** Loads, and has instrumented, what the first inputs would else have to wait for. */
    @BeforeAll
    static void warmUp() throws IOException {
        for (byte[] seed : seeds().toList()) {
            run(seed);
        }
    }

    static Stream<byte[]> seeds() {
        byte[] contexts = join(Units.associateRqOfWindow(
                "PRELIM",
                "FUZZ",
                64,
                2,
                1,
                Units.context(1, Uid.VERIFICATION, IMPLICIT),
                Units.context(3, CT, IMPLICIT),
                Units.context(5, MPPS, IMPLICIT)));
        byte[] echo = Units.data(1, true, true, Units.echoRq(1));
        byte[] odd = join(
                Units.data(3, true, true, Units.storeRq(5, CT, "1.2.3")), Units.data(3, false, true, new byte[100]));
        byte[] even = join(
                Units.data(3, true, true, Units.storeRq(6, CT, "1.2.4")),
                Units.data(3, false, false, new byte[10]),
                Units.data(3, false, true, new byte[10]));
        byte[] roles = Units.associateRqWith(
                Units.roles(COMMITMENT, 1, 1),
                "PRELIM",
                "FUZZ",
                64,
                Units.context(5, MPPS, IMPLICIT),
                Units.context(7, COMMITMENT, IMPLICIT));
        byte[] release = HexFormat.of().parseHex(RELEASE);
        return Stream.of(
                contexts,
                join(contexts, echo, release),
                join(contexts, odd, even, odd, echo, release),
                join(contexts, odd),
                join(
                        roles,
                        normalized(5, NormalizedOperation.N_CREATE, MPPS, ""),
                        normalized(5, NormalizedOperation.N_SET, MPPS, "1.2"),
                        normalized(
                                7,
                                NormalizedOperation.N_ACTION,
                                COMMITMENT,
                                Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE),
                        normalized(
                                7,
                                NormalizedOperation.N_EVENT_REPORT,
                                COMMITMENT,
                                Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE),
                        release),
                join(contexts, even, HexFormat.of().parseHex("07000000000400000000")),
                Units.associateRq("PRELIM", "FUZZ", 0, Units.context(2, CT, IMPLICIT)),
                HexFormat.of().parseHex("474554202f20485454502f312e310d0a0d0a")); // GET / HTTP/1.1
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void theServerAnswersAndCloses(byte[] input) throws IOException {
        BugDetectors.allowNetworkConnections((host, port) -> port == SERVER.port());
        run(input);
    }

    private static void run(byte[] input) throws IOException {
        int run = RUNS.incrementAndGet();
        byte[] answer;
        // from another address each time: a port of ours is not free again for a minute
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, (byte) (run >> 8), (byte) (1 + (run & 0x7F))});
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(SERVER.address());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            answer = exchange(socket, input);
        }
        wholeUnits(answer);
        assertThat(FAULT.get()).isNull();
        if (run % 100 == 0) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> SERVER.connections() == 0);
            assertThat(Thread.activeCount()).isLessThan(MOST_THREADS);
        }
    }

    private static byte[] exchange(Socket socket, byte[] input) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // reset is a close, too: the server had bytes of ours left unread, and what it sent may be lost with them
            return new byte[0];
        }
        return answer.toByteArray();
    }

    private static void wholeUnits(byte[] answer) {
        ByteBuffer units = ByteBuffer.wrap(answer);
        while (units.hasRemaining()) {
            assertThat(units.remaining()).isGreaterThanOrEqualTo(10);
            assertThat(units.get()).isBetween((byte) 2, (byte) 7);
            units.get();
            int length = units.getInt();
            assertThat(length).isBetween(4, units.remaining());
            units.position(units.position() + length);
        }
    }
}
