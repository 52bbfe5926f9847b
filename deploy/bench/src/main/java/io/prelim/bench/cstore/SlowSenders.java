package io.prelim.bench.cstore;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduEncoder;
import io.prelim.dicom.net.pdu.PduType;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Associations that are each in the middle of a C-STORE all the time, and send 64 bytes of it a second. */
final class SlowSenders implements AutoCloseable {
    private static final int CONTEXT = 1;
    private static final int FRAGMENT = 64;
    private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread = new Thread(this::trickle, "slow-senders");
    private volatile boolean closed;
    private volatile IOException failure;

    private SlowSenders() {}

    /**
     * Returns when all are established and each has begun its object.
     *
     * @throws IOException when one of them is not accepted
     */
    static SlowSenders start(int port, String aeTitle, int count) throws IOException {
        SlowSenders slow = new SlowSenders();
        try {
            for (int number = 0; number < count; number++) {
                slow.open(port, aeTitle, number);
            }
        } catch (IOException e) {
            slow.close();
            throw e;
        }
        slow.thread.setDaemon(true);
        slow.thread.start();
        return slow;
    }

    private void open(int port, String aeTitle, int number) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
        socket.getOutputStream()
                .write(PduEncoder.encode(new Pdu.AssociateRq(
                        1,
                        String.format("%-16s", aeTitle),
                        String.format("%-16s", "SLOW"),
                        APPLICATION_CONTEXT,
                        List.of(new Pdu.ProposedContext(
                                CONTEXT, Uid.CT_IMAGE_STORAGE, List.of(Uid.EXPLICIT_VR_LITTLE_ENDIAN))),
                        new Pdu.UserInformation(0, Uid.random(), "SLOW"))));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int type = in.readUnsignedByte();
        if (type != PduType.A_ASSOCIATE_AC.code()) {
            throw new IOException("slow association " + number + " was answered by a PDU of type " + type);
        }
        in.readUnsignedByte();
        in.readFully(new byte[in.readInt()]);
        send(
                socket,
                Command.storeRequest(1, Uid.CT_IMAGE_STORAGE, Uid.random(), 0).encode(),
                true);
    }

    private static void send(Socket socket, byte[] bytes, boolean command) throws IOException {
        int headers = PduEncoder.HEADER_LENGTH + PduEncoder.PDV_HEADER_LENGTH;
        byte[] unit = new byte[headers + bytes.length];
        PduEncoder.dataHeader(unit, 0, CONTEXT, command, command, bytes.length);
        System.arraycopy(bytes, 0, unit, headers, bytes.length);
        socket.getOutputStream().write(unit);
    }

    private void trickle() {
        try {
            byte[] fragment = new byte[FRAGMENT];
            while (!closed) {
                for (Socket socket : sockets) {
                    send(socket, fragment, false);
                    TimeUnit.MICROSECONDS.sleep(TimeUnit.SECONDS.toMicros(1) / sockets.size());
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IOException when one of them has not been there all the time */
    void requireAll() throws IOException {
        if (failure != null) {
            throw new IOException("a slow association ended", failure);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
