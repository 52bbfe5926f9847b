package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our requestor and our acceptor over loopback. */
class StoreRoundTripTest {
    private static final String CT = Uid.CT_IMAGE_STORAGE;
    private static final String EXPLICIT = Uid.EXPLICIT_VR_LITTLE_ENDIAN;
    /** Retired, and none that objects are stored in. */
    private static final String XML_ENCODING = "1.2.840.10008.1.2.6.2";

    private static final List<PresentationContext> CONTEXTS = List.of(
            PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
            PresentationContext.of(CT, EXPLICIT),
            PresentationContext.of(CT, Uid.JPEG_2000_LOSSLESS));

    private final MemoryStore store = new MemoryStore();
    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;

    private DicomServer start(ServerSettings settings, StoreScp scp) throws IOException {
        server = DicomServer.start(settings, AssociationPolicy.calledAeTitle("PRELIM"), scp, listener);
        return server;
    }

    private ClientSettings client() {
        return ClientSettings.of("127.0.0.1", server.port(), "MODALITY", "PRELIM");
    }

    @AfterEach
    void close() {
        server.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dicom-association") || name.equals("dicom-listener")));
    }

    private static byte[] object(int seed, int length) {
        byte[] object = new byte[length];
        new Random(seed).nextBytes(object);
        return object;
    }

    @Test
    void manyObjectsOnOneAssociation() throws IOException {
        start(ServerSettings.defaults(), store);

        try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
            assertThat(client.echo()).isZero();
            for (int i = 0; i < 200; i++) {
                assertThat(client.store(CT, "1.2." + i, EXPLICIT, object(i, 1 + i * 997)))
                        .isEqualTo(StoreResponse.SUCCESS);
            }
        }

        assertThat(store.objects).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(store.objects.get("1.2." + i)).isEqualTo(object(i, 1 + i * 997));
        }
        assertThat(store.requests.get(0)).satisfies(request -> {
            assertThat(request.callingAeTitle()).isEqualTo("MODALITY");
            assertThat(request.calledAeTitle()).isEqualTo("PRELIM");
            assertThat(request.transferSyntax()).isEqualTo(EXPLICIT);
            assertThat(request.sopClassUid()).isEqualTo(CT);
            assertThat(request.remoteAddress().isLoopbackAddress()).isTrue();
            assertThat(request.messageId()).isEqualTo(2);
        });
        await().untilAsserted(() -> assertThat(listener.released).hasSize(1));
        assertThat(listener.accepted).isEqualTo(listener.released);
        assertThat(listener.received).hasSize(201).startsWith("C-ECHO 0000 0", "C-STORE 0000 1");
        assertThat(listener.aborted).isEmpty();
    }

    /** Lengths about a unit's end: the last fragment must be known for the last, and none may be empty. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4089, 4090, 4091, 8180, 8181, 20_000})
    void fragmentsOfAShortUnit(int length) throws IOException {
        start(ServerSettings.defaults().withMaxPduLength(4096), store);

        try (DicomClient client = DicomClient.connect(client().withMaxPduLength(4096), CONTEXTS)) {
            client.store(CT, "1.2.3", Uid.JPEG_2000_LOSSLESS, object(7, length));
        }

        assertThat(store.objects.get("1.2.3")).isEqualTo(object(7, length));
        assertThat(store.requests.get(0).transferSyntax()).isEqualTo(Uid.JPEG_2000_LOSSLESS);
    }

    @Test
    void severalAssociationsAtOnce() throws Exception {
        start(ServerSettings.defaults(), store);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> senders = new ArrayList<>();

        for (int sender = 0; sender < 6; sender++) {
            int id = sender;
            senders.add(threads.submit(() -> {
                try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
                    for (int i = 0; i < 50; i++) {
                        client.store(CT, "1." + id + "." + i, EXPLICIT, object(id * 100 + i, 10_000 + i));
                    }
                }
                return null;
            }));
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        threads.shutdown();

        assertThat(store.objects).hasSize(300);
        assertThat(store.objects.get("1.5.49")).isEqualTo(object(549, 10_049));
    }

    @Test
    void anAbortInsideAnObjectReachesTheReceiver() throws IOException {
        start(ServerSettings.defaults(), store);
        DicomClient client = DicomClient.connect(client(), CONTEXTS);

        assertThatThrownBy(() -> client.store(CT, "1.2.3", EXPLICIT, new InputStream() {
                    private int left = 1 << 20;

                    @Override
                    public int read() throws IOException {
                        if (--left < 0) {
                            throw new IOException("disk gone");
                        }
                        return 0;
                    }
                }))
                .hasMessage("disk gone");

        await().untilAsserted(() -> assertThat(store.failures).hasSize(1));
        assertThat(store.objects).isEmpty();
        await().untilAsserted(() -> assertThat(listener.aborted)
                .extracting(AbortCause::kind)
                .containsExactly(AbortCause.Kind.PEER_ABORTED));
    }

    @Test
    void whatTheReceiverLeavesUnreadIsDrained() throws IOException {
        start(
                ServerSettings.defaults(),
                (request, dataSet) -> StoreResponse.of(0xA700, "full").now());

        try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
            assertThat(client.store(CT, "1.2.3", EXPLICIT, object(1, 3_000_000)))
                    .isEqualTo(StoreResponse.of(0xA700, "full"));
            assertThat(client.echo()).isZero();
        }
    }

    @Test
    void aReceiverThatFailsIsAnsweredAndTheAssociationGoesOn() throws IOException {
        start(ServerSettings.defaults(), (request, dataSet) -> {
            throw new IllegalStateException("of ours");
        });

        try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
            assertThat(client.store(CT, "1.2.3", EXPLICIT, object(1, 100_000)).status())
                    .isEqualTo(0xC00F);
            assertThat(client.echo()).isZero();
        }
    }

    @Test
    void anotherAeTitleIsRejected() throws IOException {
        start(ServerSettings.defaults(), store);
        ClientSettings other = ClientSettings.of("127.0.0.1", server.port(), "MODALITY", "OTHER");

        assertThatThrownBy(() -> DicomClient.connect(other, CONTEXTS))
                .isInstanceOfSatisfying(
                        AssociationRejected.class,
                        e -> assertThat(e.reject())
                                .isEqualTo(AssociationDecision.Reject.CALLED_AE_TITLE_NOT_RECOGNIZED));
        await().untilAsserted(() -> assertThat(listener.rejected).hasSize(1));
    }

    @Test
    void oneAssociationTooManyIsRejectedForNow() throws IOException {
        start(ServerSettings.defaults().withMaxAssociations(1), store);

        try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
            assertThatThrownBy(() -> DicomClient.connect(client(), CONTEXTS))
                    .isInstanceOfSatisfying(
                            AssociationRejected.class,
                            e -> assertThat(e.reject()).isEqualTo(AssociationDecision.Reject.LOCAL_LIMIT_EXCEEDED));
            assertThat(client.echo()).isZero();
        }

        await().until(() -> server.associations() == 0);
        DicomClient.connect(client(), CONTEXTS).close();
    }

    @Test
    void privateSopClassesAreAcceptedWhenNamed() throws IOException {
        start(ServerSettings.defaults().withAbstractSyntaxes(Set.of("1.9.9")), store);
        List<PresentationContext> contexts = List.of(
                PresentationContext.of("1.9.9", EXPLICIT),
                PresentationContext.of("1.9.8", EXPLICIT),
                PresentationContext.of(CT, XML_ENCODING));

        try (DicomClient client = DicomClient.connect(client(), contexts)) {
            assertThat(client.accepts("1.9.9", EXPLICIT)).isTrue();
            assertThat(client.accepts("1.9.8", EXPLICIT)).isFalse();
            assertThatThrownBy(() -> client.store(CT, "1.2", XML_ENCODING, object(1, 10)))
                    .isInstanceOf(DicomClient.NotAccepted.class);
            assertThat(client.store("1.9.9", "1.2", EXPLICIT, object(1, 10)).status())
                    .isZero();
        }
    }

    @Test
    void aListenerThatFailsHarmsNothing() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults(), AssociationPolicy.acceptAll(), store, new AssociationListener() {
                    @Override
                    public void received(
                            AssociationInfo association, String operation, int status, long bytes, long nanos) {
                        throw new IllegalStateException("listener");
                    }
                });

        try (DicomClient client = DicomClient.connect(client(), CONTEXTS)) {
            assertThat(client.echo()).isZero();
            assertThat(client.echo()).isZero();
        }
    }

    @Test
    void closingLetsARunningObjectFinishAndAbortsTheIdle() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(ServerSettings.defaults(), (request, dataSet) -> {
            dataSet.readAllBytes();
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StoreResponse.SUCCESS.now();
        });
        DicomClient idle = DicomClient.connect(client(), CONTEXTS);
        DicomClient storing = DicomClient.connect(client(), CONTEXTS);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<StoreResponse> answer = threads.submit(() -> storing.store(CT, "1.2.3", EXPLICIT, object(1, 10)));
        inside.await();

        Future<?> closed = threads.submit(server::close);
        await().untilAsserted(() -> assertThat(listener.aborted).hasSize(1));
        goOn.countDown();

        assertThat(answer.get()).isEqualTo(StoreResponse.SUCCESS);
        closed.get();
        assertThat(listener.aborted)
                .extracting(AbortCause::kind)
                .containsOnly(AbortCause.Kind.SHUT_DOWN)
                .hasSize(2);
        assertThatThrownBy(idle::echo).isInstanceOf(IOException.class);
        idle.close();
        assertThatThrownBy(storing::close).isInstanceOf(AssociationAborted.class);
        threads.shutdown();
    }
}
