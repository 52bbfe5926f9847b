package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections of every kind that lead nowhere, by the thousand: threads and file descriptors come back to where they were. */
class PortProbeTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final byte[] CONTEXT = Units.context(1, Uid.CT_IMAGE_STORAGE, Uid.IMPLICIT_VR_LITTLE_ENDIAN);
    private static final byte[] REQUEST = Units.associateRq("PRELIM", "MODALITY", 0, CONTEXT);

    /** What a peer does before it closes. */
    private interface Probe {
        void run(ScriptedPeer peer) throws IOException;
    }

    private static final List<Probe> PROBES = List.of(
            peer -> {},
            peer -> peer.send("01"),
            peer -> peer.send("01 00 00000100 0001"),
            peer -> peer.send("47 45 54 20 2f 20").expect("07 00 00000004 0000 00 00"),
            peer -> peer.send(Units.associateRq("PRELIM", "NOBODY", 0, CONTEXT)).expect("03 00 00000004 00 01 01 03"),
            peer -> peer.send(REQUEST),
            peer -> peer.send(REQUEST).receiveUnit(),
            peer -> {
                peer.send(REQUEST).receiveUnit();
                peer.send("07 00 00000004 0000 00 00");
            },
            peer -> {
                peer.send(REQUEST).receiveUnit();
                peer.send(Units.data(1, true, true, Units.storeRq(1, Uid.CT_IMAGE_STORAGE, "1.2.3")));
                peer.send(Units.data(1, false, false, new byte[100]));
            },
            peer -> {
                peer.send(REQUEST).receiveUnit();
                peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
            });

    private static long descriptors() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void probe(int times) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs Linux's /proc");
        try (DicomServer server = DicomServer.start(
                ServerSettings.defaults(),
                request -> request.callingAeTitle().equals("NOBODY")
                        ? Reject.CALLING_AE_TITLE_NOT_RECOGNIZED
                        : AssociationDecision.ACCEPT,
                new MemoryStore(),
                new RecordingListener())) {
            once(server);
            await().until(() -> server.connections() == 0);
            long before = descriptors();

            for (int i = 0; i < times; i++) {
                once(server);
            }

            await().until(() -> server.connections() == 0);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
            assertThat(server.associations()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("dicom-association"))
                    .hasSizeLessThanOrEqualTo(server.settings().limits().maxConnections());
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.matches("dicom-(association|answer|listener).*")));
    }

    private static void once(DicomServer server) throws IOException {
        for (Probe probe : PROBES) {
            try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
                probe.run(peer);
            }
        }
    }

    @Test
    @BadInput(id = "M06", entrance = Entrance.DIMSE, answer = "closed, nothing leaks")
    void hundredsOfEachKind() throws IOException {
        probe(100);
    }

    @Test
    @Tag("full")
    void thousandsOfEachKind() throws IOException {
        probe(2000);
    }
}
