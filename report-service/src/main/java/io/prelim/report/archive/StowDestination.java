package io.prelim.report.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.RetryAfter;
import io.prelim.report.delivery.TlsFiles;
import io.prelim.report.settings.ArchiveSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An archive that takes STOW-RS (PS3.18 section 10.5), an instance a request. */
final class StowDestination extends ArchiveDestination {
    /** Of an answer's body. */
    private static final int MOST = 1 << 20;

    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String FAILURE_REASON = "00081197";
    private static final String CRLF = "\r\n";

    private final URI url;

    /** @throws IllegalArgumentException if the address is no HTTPS, and not of this machine */
    StowDestination(ArchiveSettings settings, Documents documents) {
        super(settings, documents);
        this.url = settings.url().orElseThrow();
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !https && !("http".equalsIgnoreCase(url.getScheme()) && onThisMachine())) {
            throw new IllegalArgumentException("url must be https, or http on this machine");
        }
    }

    private boolean onThisMachine() {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String protocol() {
        return "STOW-RS";
    }

    @Override
    public Session<Document> open() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings().connectTimeout());
        if (settings().trust().isPresent()) {
            builder.sslContext(TlsFiles.of(settings()).context());
        }
        HttpClient client = builder.build();
        return new Session<>() {
            @Override
            public Answer send(Document document) throws IOException {
                return store(client, document);
            }

            @Override
            public void close() {
                // the client has nothing to close; idle connections end by themselves
            }
        };
    }

    private Answer store(HttpClient client, Document document) throws IOException {
        String boundary = UUID.randomUUID().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(settings().answerTimeout())
                .header("Accept", "application/dicom+json")
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(boundary, document)));
        if (settings().tokenFile().isPresent()) {
            request.header(
                    "Authorization",
                    "Bearer " + Files.readString(settings().tokenFile().get()).strip());
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = response.body()) {
                body = in.readNBytes(MOST);
            }
            return answer(response, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] multipart(String boundary, Document document) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + CRLF + "Content-Type: application/dicom" + CRLF + CRLF)
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(document.file());
        body.writeBytes((CRLF + "--" + boundary + "--" + CRLF).getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static Answer answer(HttpResponse<?> response, byte[] body) throws Unreachable {
        int status = response.statusCode();
        String problem = "HTTP " + status;
        return switch (status) {
            case 200 -> new Answer.Stored(null);
            // accepted with warnings, or nothing of it: the body tells
            case 202, 409 ->
                failure(body)
                        .map(StoreStatus::answer)
                        .orElse(status == 202 ? new Answer.Stored(null) : new Answer.Refused(problem));
            case 400, 406, 411, 413, 415, 422 -> new Answer.Refused(problem);
            // among them an address, a token or a certificate that is not right: all of it waits for the operator, or
            // for time
            default ->
                throw new Unreachable(
                        problem,
                        RetryAfter.of(
                                response.headers().firstValue("Retry-After").orElse(null), Instant.now()));
        };
    }

    /** The reason that is given for an instance that was not stored; of one without a readable reason that of a general failure. */
    private static Optional<Integer> failure(byte[] body) {
        try {
            JsonNode root = EventJson.mapper().readTree(body);
            JsonNode failed = (root.isArray() ? root.path(0) : root)
                    .path(FAILED_SOP_SEQUENCE)
                    .path("Value")
                    .path(0);
            return failed.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(
                            failed.path(FAILURE_REASON).path("Value").path(0).asInt(0x0110));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
