package io.prelim.ingest;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.util.List;

/** A modality: one association to the service under test. */
public final class Sender implements AutoCloseable {
    private final DicomClient client;

    private Sender(DicomClient client) {
        this.client = client;
    }

    public static Sender connect(int port) throws IOException {
        return connect(port, "PRELIM");
    }

    public static Sender connect(int port, String calledAeTitle) throws IOException {
        return connect(port, "TESTER", calledAeTitle);
    }

    public static Sender connect(int port, String callingAeTitle, String calledAeTitle) throws IOException {
        return new Sender(DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, callingAeTitle, calledAeTitle),
                List.of(
                        context(Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION),
                        context(Uid.CT_IMAGE_STORAGE),
                        context(Uid.BASIC_TEXT_SR_STORAGE),
                        context(Uid.ENHANCED_SR_STORAGE),
                        context(Uid.SEGMENTATION_STORAGE),
                        context(Uid.KEY_OBJECT_SELECTION_STORAGE),
                        PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN))));
    }

    /** Proposes radiographs in one syntax. */
    public static Sender connectIn(int port, TransferSyntax syntax) throws IOException {
        return new Sender(DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, "TESTER", "PRELIM"),
                List.of(PresentationContext.of(Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, syntax.uid()))));
    }

    public StoreResponse send(TestObject object) throws IOException {
        return send(object, object.bytes());
    }

    /** Announces the object in a syntax, and sends these bytes. */
    public StoreResponse send(TestObject object, TransferSyntax syntax, byte[] bytes) throws IOException {
        return client.store(object.sopClass(), object.sopInstance(), syntax.uid(), bytes);
    }

    /** Announces the object, and sends these bytes. */
    public StoreResponse send(TestObject object, byte[] bytes) throws IOException {
        return client.store(object.sopClass(), object.sopInstance(), Uid.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
    }

    public int echo() throws IOException {
        return client.echo();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private static PresentationContext context(String sopClass) {
        return PresentationContext.of(sopClass, Uid.EXPLICIT_VR_LITTLE_ENDIAN);
    }
}
