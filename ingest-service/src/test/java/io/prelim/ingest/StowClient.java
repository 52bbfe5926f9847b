package io.prelim.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that keeps the rules of PS3.18 section 10.5, and shows what it was answered. */
public final class StowClient {
    public static final String BOUNDARY = "b0undary-of-test";
    public static final String MULTIPART = "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param body null when it is not JSON
     */
    public record Answer(int status, String mediaType, JsonNode body, HttpResponse<byte[]> raw) {
        /** SOP Instance UIDs that are stored. */
        public List<String> stored() {
            return values("00081199", "00081155");
        }

        /** SOP Instance UID and FailureReason, as in {@code 1.2.3 C001}. */
        public List<String> failed() {
            List<String> uids = values("00081198", "00081155");
            List<String> reasons = reasons("00081198");
            List<String> both = new ArrayList<>();
            for (int i = 0; i < uids.size(); i++) {
                both.add(uids.get(i) + " " + reasons.get(i));
            }
            return both;
        }

        /** FailureReasons of objects nobody can name. */
        public List<String> others() {
            return reasons("0008119A");
        }

        public String detail() {
            return body.path("detail").asText();
        }

        private List<String> reasons(String sequence) {
            return values(sequence, "00081197").stream()
                    .map(reason -> String.format("%04X", Integer.parseInt(reason)))
                    .toList();
        }

        private List<String> values(String sequence, String tag) {
            List<String> values = new ArrayList<>();
            body.path(sequence)
                    .path("Value")
                    .forEach(item ->
                            values.add(item.path(tag).path("Value").path(0).asText()));
            return values;
        }
    }

    private final URI studies;

    public StowClient(int port) {
        this.studies = URI.create("http://127.0.0.1:" + port + "/dicom-web/studies");
    }

    public Answer store(byte[]... files) throws IOException, InterruptedException {
        return send("", MULTIPART, multipart(files));
    }

    public Answer storeIn(String study, byte[]... files) throws IOException, InterruptedException {
        return send("/" + study, MULTIPART, multipart(files));
    }

    /** @param headers a name, a value, a name, a value… */
    public Answer send(String below, String contentType, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(studies + below))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return answer(response);
    }

    private static Answer answer(HttpResponse<byte[]> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(
                response.statusCode(),
                type,
                type.contains("json") ? EventJson.mapper().readTree(response.body()) : null,
                response);
    }

    public static byte[] multipart(byte[]... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] file : files) {
            out.writeBytes(part("application/dicom", file));
        }
        out.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return out.toByteArray();
    }

    /** A delimiter and a part, with the line end before the next delimiter. */
    public static byte[] part(String contentType, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Type: " + contentType + "\r\n\r\n"));
        out.writeBytes(body);
        out.writeBytes(ascii("\r\n"));
        return out.toByteArray();
    }

    public static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
