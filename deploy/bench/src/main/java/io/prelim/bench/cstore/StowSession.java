package io.prelim.bench.cstore;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** STOW-RS as plainly as can be, so that the sender's cost does not hide the receiver's: a connection a request, length known. */
final class StowSession implements Door.Session {
    private static final String BOUNDARY = "bench-boundary-0123456789";
    private static final byte[] PART_HEAD = ascii("\r\n--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n");
    private static final byte[] END = ascii("\r\n--" + BOUNDARY + "--\r\n");

    private final int port;
    private final Workload workload;
    private final byte[] buffer;

    StowSession(int port, Workload workload) {
        this.port = port;
        this.workload = workload;
        this.buffer = workload.buffer();
    }

    @Override
    public void send(int from, int to) throws IOException {
        long length = END.length;
        for (int number = from; number < to; number++) {
            length += PART_HEAD.length + head(number).length + buffer.length;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16 << 10);
            out.write(ascii("POST /dicom-web/studies HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nAccept: application/dicom+json\r\nConnection: close\r\nContent-Length: " + length
                    + "\r\nContent-Type: multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY
                    + "\r\n\r\n"));
            for (int number = from; number < to; number++) {
                workload.become(buffer, number);
                out.write(PART_HEAD);
                out.write(head(number));
                out.write(buffer);
            }
            out.write(END);
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IOException(
                        "a request was answered " + answer.lines().findFirst().orElse("not at all"));
            }
        }
    }

    /** Preamble and file meta information. */
    private byte[] head(int number) throws IOException {
        DataSet uids = new DataSet()
                .putString(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, workload.sopInstanceUid(number));
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        DicomFile file = DicomFile.of(uids, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        uids.remove(Tag.SOP_CLASS_UID).remove(Tag.SOP_INSTANCE_UID);
        file.write(out);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        // each request has had its own connection
    }
}
