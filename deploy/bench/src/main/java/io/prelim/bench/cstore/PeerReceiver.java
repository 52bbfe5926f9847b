package io.prelim.bench.cstore;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A receiver that is somebody else's program. */
record PeerReceiver(Process child, int port, int stowPort, String aeTitle) implements Receiver {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /**
     * DCMTK's storescp, a process an association.
     *
     * @param bitPreserving writes what comes in as it is; otherwise reads it into memory and writes it anew
     */
    static Receiver storescp(Path directory, boolean bitPreserving) throws IOException, InterruptedException {
        Path objects = Files.createDirectories(directory.resolve("objects"));
        int port = FreePort.next();
        List<String> command = new java.util.ArrayList<>(List.of("storescp", "--fork", "--max-pdu", "131072"));
        if (bitPreserving) {
            command.add("--bit-preserving");
        }
        command.addAll(List.of("--output-directory", objects.toString(), Integer.toString(port)));
        return start(command, directory, port, -1, "STORESCP");
    }

    /** Orthanc with its own index and storage, as installed but for folder and ports. */
    static Receiver orthanc(Path directory) throws IOException, InterruptedException {
        int port = FreePort.next();
        int httpPort = FreePort.next();
        Path configuration = Files.createDirectories(directory).resolve("orthanc.json");
        Files.writeString(configuration, """
                {
                  "Name": "bench",
                  "StorageDirectory": "%s",
                  "IndexDirectory": "%s",
                  "HttpPort": %d,
                  "RemoteAccessAllowed": false,
                  "DicomAet": "ORTHANC",
                  "DicomPort": %d,
                  "DicomAlwaysAllowStore": true,
                  "Plugins": ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so"]
                }
                """.formatted(
                        directory.resolve("storage"), directory.resolve("storage"), httpPort, port));
        return start(List.of("Orthanc", configuration.toString()), directory, port, httpPort, "ORTHANC");
    }

    private static Receiver start(List<String> command, Path directory, int port, int stowPort, String aeTitle)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        // without it Debian's build waits 44 ms an object for an acknowledgement, and every comparison is void
        builder.environment().put("TCP_NODELAY", "1");
        Process child = builder.start();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!listens(port) || (stowPort > 0 && !listens(stowPort))) {
            if (child.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > limit) {
                child.destroyForcibly();
                throw new IOException(command.get(0) + " did not start; its log is " + directory.resolve("log"));
            }
        }
        return new PeerReceiver(child, port, stowPort, aeTitle);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ProcessHandle process() {
        return child.toHandle();
    }

    @Override
    public void close() throws InterruptedException {
        child.descendants().forEach(ProcessHandle::destroy);
        child.destroy();
        if (!child.waitFor(20, TimeUnit.SECONDS)) {
            child.destroyForcibly().waitFor();
        }
    }
}
