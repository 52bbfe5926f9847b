package io.prelim.testkit.peers;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A store that speaks S3, as a child process with a folder of its own. It answers this machine only, checks access keys but not
 * signatures (version 4), and keeps each object as a file. It can be stopped and started again.
 */
public final class S3rver implements AutoCloseable {
    public static final String BUCKET = "copies";

    /** The one access key id that it knows; the secret is the same. */
    public static final String KEY = "S3RVER";

    private final Path folder;
    private final Path node;
    private final Path program;
    private final int port;
    private PeerProcess process;

    private S3rver(Path folder, Path node, Path program, int port) {
        this.folder = folder;
        this.node = node;
        this.program = program;
        this.port = port;
    }

    /**
     * Starts it, or skips the test.
     *
     * @param folder takes its objects
     */
    public static S3rver start(Path folder) throws IOException {
        Path node = Peers.require("node", "nodejs");
        Path program = Peers.find("s3rver").orElse(null);
        Assumptions.assumeTrue(
                program != null, "skipped: s3rver is not installed; deploy/peers/install does where npm is there");
        S3rver server = new S3rver(Files.createDirectories(folder), node, program, FreePort.next());
        server.start();
        return server;
    }

    public int port() {
        return port;
    }

    /** Starts it again, where it was. */
    public void start() throws IOException {
        // a listing that is cut wants a cipher that OpenSSL 3 has put aside
        process = PeerProcess.start(
                folder,
                node,
                "--openssl-legacy-provider",
                program.toRealPath(),
                "-d",
                Files.createDirectories(folder.resolve("objects")),
                "-a",
                "127.0.0.1",
                "-p",
                port,
                "--no-vhost-buckets",
                "--configure-bucket",
                BUCKET);
        process.awaitListening(port);
    }

    /** Its objects stay. */
    public void stop() {
        process.close();
    }

    /** Below it is a file for each object, named by its key and a suffix. */
    public Path bucket() {
        return folder.resolve("objects").resolve(BUCKET);
    }

    @Override
    public void close() {
        process.close();
    }
}
