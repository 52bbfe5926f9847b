package io.prelim.ingest.copy;

import static org.awaitility.Awaitility.await;

import io.prelim.testkit.peers.PeerProcess;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The service as it is packaged, in a process of its own, that can be killed with its volume and started over another. */
final class IngestProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What lies around it: broker and a database of its own. Outlives the process. */
    record Surroundings(Map<String, String> config) {
        static Surroundings fresh() {
            return new Surroundings(new BrokerAndDatabase().start());
        }

        DataSource database() {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(config.get("quarkus.datasource.jdbc.url"));
            database.setUser(config.get("quarkus.datasource.username"));
            database.setPassword(config.get("quarkus.datasource.password"));
            return database;
        }
    }

    private final PeerProcess process;
    private final int dicomPort;
    private final int httpPort;

    private IngestProcess(PeerProcess process, int dicomPort, int httpPort) {
        this.process = process;
        this.dicomPort = dicomPort;
        this.httpPort = httpPort;
    }

    /** Started, its doors open. @param folder takes what it prints */
    static IngestProcess start(Path folder, Surroundings surroundings, Map<String, String> config) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int dicomPort = PeerProcess.freePort();
        int httpPort = PeerProcess.freePort();
        Map<String, String> all = new TreeMap<>(surroundings.config());
        all.put("prelim.dicom.port", Integer.toString(dicomPort));
        all.put("quarkus.http.port", Integer.toString(httpPort));
        all.put("quarkus.log.category.\"io.prelim\".level", "DEBUG");
        all.putAll(config);
        List<Object> arguments = new ArrayList<>(List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        all.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        arguments.add("-jar");
        arguments.add(Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath());
        PeerProcess process = PeerProcess.start(folder, java, arguments.toArray());
        IngestProcess ingest = new IngestProcess(process.awaitListening(dicomPort), dicomPort, httpPort);
        await().ignoreExceptions().until(() -> ingest.get("/q/health/live").statusCode() == 200);
        return ingest;
    }

    int dicomPort() {
        return dicomPort;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    /** STOW-RS of one file. */
    HttpResponse<String> store(byte[] file) throws IOException, InterruptedException {
        return send(request("/dicom-web/studies")
                .header("Content-Type", "application/dicom")
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Whether it is ready to store. */
    boolean ready() throws IOException, InterruptedException {
        return get("/q/health/ready").statusCode() == 200;
    }

    /** What it logged so far. */
    String output() {
        return process.output();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
