package io.prelim.chaos.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** STOW-RS (PS3.18 section 10.5), an object a request. */
final class StowDoor implements Door {
    private static final String BOUNDARY = "chaos-boundary-0123456789";
    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String FAILURE_REASON = "00081197";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI studies;

    StowDoor(int port) {
        this.studies = URI.create("http://127.0.0.1:" + port + "/dicom-web/studies");
    }

    @Override
    public Answer send(Parcel parcel) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(studies)
                .timeout(PATIENCE)
                .header("Accept", "application/dicom+json")
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(parcel)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Answer answer(int status, String body) throws IOException {
        if (status == 200) {
            return new Answer.Stored();
        }
        JsonNode reason = status == 409 || status == 202
                ? EventJson.mapper()
                        .readTree(body)
                        .at("/" + FAILED_SOP_SEQUENCE + "/Value/0/" + FAILURE_REASON + "/Value/0")
                : null;
        if (reason != null && reason.isInt()) {
            return Answer.ofStatus(reason.asInt());
        }
        return status >= 500 || status == 408 ? new Answer.Unknown("HTTP " + status) : new Answer.Refused(status);
    }

    private static byte[] body(Parcel parcel) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(parcel.dataSet().length + 1024);
        out.write(ascii("--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n"));
        DataSet announced = new DataSet()
                .putString(Tag.SOP_CLASS_UID, parcel.sopClassUid())
                .putString(Tag.SOP_INSTANCE_UID, parcel.announcedUid());
        DicomFile head = DicomFile.of(announced, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        announced.remove(Tag.SOP_CLASS_UID).remove(Tag.SOP_INSTANCE_UID);
        head.write(out);
        out.write(parcel.dataSet());
        out.write(ascii("\r\n--" + BOUNDARY + "--\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        // connections end with the client
    }
}
