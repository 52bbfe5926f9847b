package io.prelim.testkit.peers;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The Orthanc DICOM server as a child process, with a storage of its own. Its HTTP interface answers this machine only; its DICOM
 * port serves only the modalities it was told of, from this machine.
 */
public final class Orthanc implements AutoCloseable {
    /** Its AE title. */
    public static final String AE_TITLE = "ORTHANC";

    /** The plug-in that makes it a DICOMweb client and server, of the package orthanc-dicomweb. */
    public static final String DICOMWEB = "libOrthancDicomWeb.so";

    /** Where Debian puts plug-ins. */
    private static final Path PLUGINS = Path.of("/usr/share/orthanc/plugins");

    private final PeerProcess process;
    private final int httpPort;
    private final int dicomPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private Orthanc(PeerProcess process, int httpPort, int dicomPort) {
        this.process = process;
        this.httpPort = httpPort;
        this.dicomPort = dicomPort;
    }

    /**
     * Starts it, or skips the test.
     *
     * @param folder takes its configuration and what it stores
     * @param plugins file names such as {@link #DICOMWEB}
     */
    public static Orthanc start(Path folder, String... plugins) throws IOException {
        Path program = Peers.require("Orthanc", "orthanc");
        for (String plugin : plugins) {
            Peers.requireFile(PLUGINS.resolve(plugin), "orthanc-dicomweb");
        }
        int httpPort = FreePort.next();
        int dicomPort = FreePort.next();
        Path storage = Files.createDirectories(folder.resolve("orthanc"));
        Path configuration = folder.resolve("orthanc.json");
        Files.writeString(configuration, """
                {
                  "Name": "peer",
                  "StorageDirectory": "%s",
                  "IndexDirectory": "%s",
                  "HttpPort": %d,
                  "RemoteAccessAllowed": false,
                  "KeepAlive": false,
                  "AuthenticationEnabled": false,
                  "DicomAet": "%s",
                  "DicomPort": %d,
                  "DicomCheckCalledAet": true,
                  "DicomCheckModalityHost": true,
                  "DicomAlwaysAllowEcho": false,
                  "DicomAlwaysAllowStore": false,
                  "Plugins": [%s],
                  "DicomWeb": {"Enable": true, "Root": "/dicom-web/"}
                }
                """.formatted(
                        storage,
                        storage,
                        httpPort,
                        AE_TITLE,
                        dicomPort,
                        Arrays.stream(plugins)
                                .map(plugin -> '"' + PLUGINS.resolve(plugin).toString() + '"')
                                .collect(Collectors.joining(", "))));
        Orthanc orthanc = new Orthanc(PeerProcess.start(folder, program, configuration), httpPort, dicomPort);
        orthanc.process.awaitThat("answers", () -> orthanc.answers("/system"));
        return orthanc;
    }

    public int dicomPort() {
        return dicomPort;
    }

    public int httpPort() {
        return httpPort;
    }

    /**
     * Tells it of a peer on this machine.
     *
     * @param name what its REST interface calls the peer
     */
    public void knows(String name, String aeTitle, int port) throws IOException {
        put("/modalities/" + name, """
                {"AET": "%s", "Host": "127.0.0.1", "Port": %d}""".formatted(aeTitle, port));
    }

    /** The body of what is there. */
    public String get(String path) throws IOException {
        return body(request(path).GET());
    }

    /** Posts a body; answers the response's. */
    public String post(String path, String body) throws IOException {
        return body(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The same with a body of bytes. */
    public String post(String path, byte[] body) throws IOException {
        return body(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Puts a body; answers the response's. */
    public String put(String path, String body) throws IOException {
        return body(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What it printed so far. */
    public String output() {
        return process.output();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(60));
    }

    private boolean answers(String path) {
        try {
            get(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String body(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(request.method() + " " + request.uri() + " was answered " + response.statusCode()
                        + ": " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
