package io.prelim.testkit.peers;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DCMTK's {@code dcmqrscp}: takes objects, answers C-FIND, and sends by C-MOVE to one destination it knows. */
public final class QueryArchive implements AutoCloseable {
    /** Its AE title. */
    public static final String AE_TITLE = "QRSCP";

    private final PeerProcess process;
    private final int port;

    private QueryArchive(PeerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, or skips the test.
     *
     * @param folder takes its configuration and what it stores
     * @param destination AE title it may send to
     * @param destinationPort where that listens on this machine
     */
    public static QueryArchive start(Path folder, String destination, int destinationPort) throws IOException {
        Path program = Peers.require("dcmqrscp", "dcmtk");
        Path storage = Files.createDirectories(folder.resolve("archive"));
        int port = FreePort.next();
        Path configuration = folder.resolve("dcmqrscp.cfg");
        Files.writeString(
                configuration, """
                NetworkTCPPort  = %d
                MaxPDUSize      = 16384
                MaxAssociations = 16
                HostTable BEGIN
                destination = (%s, localhost, %d)
                HostTable END
                VendorTable BEGIN
                VendorTable END
                AETable BEGIN
                %s %s RW (100, 1024mb) ANY
                AETable END
                """.formatted(port, destination, destinationPort, AE_TITLE, storage.toAbsolutePath()));
        // a process an association: DCMTK 3.6.7 with --single-process ends after its first one, by a segmentation fault
        PeerProcess process = PeerProcess.start(folder, program, "-c", configuration);
        return new QueryArchive(process.awaitListening(port), port);
    }

    public int port() {
        return port;
    }

    /** What it printed so far. */
    public String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
