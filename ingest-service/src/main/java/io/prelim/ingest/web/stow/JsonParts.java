package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.json.BulkDataReference;
import io.prelim.dicom.json.DicomJsonReader;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.ValueElement;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.web.multipart.ContentType;
import io.prelim.ingest.web.multipart.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metadata in DICOM JSON and the bulk data it refers to, joined by BulkDataURI and Content-Location (PS3.18 section 10.5.2). An
 * object is handed on as soon as its last value has come. A URI is compared, never fetched. Bulk data is little endian, or one
 * compressed frame or video whose media type names its transfer syntax.
 */
final class JsonParts implements PartTaker {
    private static final String OCTETS = "application/octet-stream";

    /**
     * @param metadata of one request's JSON, and of what it becomes in memory together with bulk data that is not pixel data
     * @param maxPixels bytes of one object's pixel data
     * @param maxObjects of one request
     */
    record Limits(ReadLimits metadata, long maxPixels, int maxObjects) {
        static Limits of(IngestConfig config) {
            IngestConfig.Receive receive = config.receive();
            long metadata = config.stow().maxMetadata().asLongValue();
            return new Limits(
                    ReadLimits.DEFAULT
                            .withMaxObjectBytes(metadata)
                            .withMaxElementBytes((int) Math.min(
                                    Math.min(metadata, receive.maxElementSize().asLongValue()), 1 << 30))
                            .withMaxDepth(receive.maxDepth())
                            .withMaxElements(receive.maxElements()),
                    Math.min(receive.maxObjectSize().asLongValue(), JsonObject.MAX_PIXELS),
                    config.stow().maxParts());
        }
    }

    /** A place where a value is missing. */
    private record Gap(JsonObject object, BulkDataReference reference) {}

    private final Submissions submissions;
    private final BulkSpool spool;
    private final Limits limits;
    private final Map<String, List<Gap>> gaps = new HashMap<>();
    private final Set<JsonObject> waiting = new LinkedHashSet<>();
    private long memory;
    private int objects;

    JsonParts(Submissions submissions, BulkSpool spool, Limits limits) {
        this.submissions = submissions;
        this.spool = spool;
        this.limits = limits;
    }

    @Override
    public void take(Part part) throws IOException {
        ContentType type = part.contentType().orElse(null);
        if (type == null || !FileParts.plain(part)) {
            submissions.refuse(FailureReason.NO_DICOM_PART, "a part without media type, or encoded");
        } else if (type.is(StoreHead.DICOM_JSON)) {
            metadata(part);
        } else {
            bulkData(part, type);
        }
    }

    private void metadata(Part part) throws IOException {
        List<BulkDataReference> references = new ArrayList<>();
        BoundedStream bounded = new BoundedStream(part.body(), limits.metadata().maxObjectBytes() - memory);
        try (DicomJsonReader reader = new DicomJsonReader(bounded, limits.metadata(), reference -> {
            references.add(reference);
            return null;
        })) {
            for (DataSet dataSet = reader.next(); dataSet != null; dataSet = reader.next()) {
                if (++objects > limits.maxObjects()) {
                    throw new MalformedInput(
                            MalformedInput.Kind.LIMIT, "more objects than allowed", bounded.taken(), "", objects);
                }
                JsonObject object = new JsonObject(dataSet, references.size());
                for (BulkDataReference reference : references) {
                    gaps.computeIfAbsent(reference.uri(), uri -> new ArrayList<>(1))
                            .add(new Gap(object, reference));
                }
                references.clear();
                waiting.add(object);
                submitIfComplete(object);
            }
        }
        memory += bounded.taken();
    }

    private void bulkData(Part part, ContentType type) throws IOException {
        String location = part.header("content-location");
        List<Gap> here = location == null ? null : gaps.remove(location);
        if (here == null) {
            submissions.refuse(FailureReason.NO_DICOM_PART, "bulk data that no metadata refers to");
            return;
        }
        if (here.size() == 1 && pixelData(here.get(0))) {
            pixels(part, type, here.get(0));
        } else {
            value(part, type, here);
        }
        for (Gap gap : here) {
            submitIfComplete(gap.object());
        }
    }

    private static boolean pixelData(Gap gap) {
        return gap.reference().tag() == Tag.PIXEL_DATA
                && gap.object().is(gap.reference().holder());
    }

    private void pixels(Part part, ContentType type, Gap gap) throws IOException {
        TransferSyntax syntax = syntax(type, gap.object());
        if (syntax == null) {
            gap.object().refused(FailureReason.TRANSFER_SYNTAX_NOT_SUPPORTED);
            return;
        }
        BulkSpool.Slice slice = spool.append(part.body(), limits.maxPixels());
        if (slice == null) {
            gap.object().refused(FailureReason.LIMIT_EXCEEDED);
        } else {
            gap.object().arrived(slice, gap.reference().vr(), syntax);
        }
    }

    /** What pixel data of the media type is encapsulated in, Explicit VR Little Endian for none, null where that is not definite. */
    private static TransferSyntax syntax(ContentType type, JsonObject object) {
        String uid = type.parameter("transfer-syntax");
        if (type.is(OCTETS)) {
            return uid == null || uid.equals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid())
                    ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
                    : null;
        }
        // several frames in one part cannot be told apart, but those of a video are one stream
        boolean oneStream =
                type.type().startsWith("video/") || type.type().startsWith("image/") && object.frames() == 1;
        TransferSyntax syntax = uid != null && TransferSyntax.STORAGE.contains(uid) ? TransferSyntax.of(uid) : null;
        return oneStream && syntax != null && syntax.encapsulated() ? syntax : null;
    }

    /** A value of any other attribute is put into its data set, in memory. */
    private void value(Part part, ContentType type, List<Gap> here) throws IOException {
        if (!type.is(OCTETS)) {
            here.forEach(gap -> gap.object().refused(FailureReason.TRANSFER_SYNTAX_NOT_SUPPORTED));
            return;
        }
        int most = (int)
                Math.min(limits.metadata().maxElementBytes(), limits.metadata().maxObjectBytes() - memory);
        byte[] bytes = part.body().readNBytes(most + 1);
        if (bytes.length > most) {
            here.forEach(gap -> gap.object().refused(FailureReason.LIMIT_EXCEEDED));
            return;
        }
        memory += bytes.length;
        for (Gap gap : here) {
            BulkDataReference reference = gap.reference();
            if (reference.vr() == VR.SQ) {
                gap.object().refused(FailureReason.MALFORMED);
            } else {
                byte[] even = (bytes.length & 1) == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
                if (even != bytes) {
                    even[bytes.length] = reference.vr().padding();
                }
                reference.holder().put(ValueElement.of(reference.tag(), reference.vr(), even));
                gap.object().arrived();
            }
        }
    }

    private void submitIfComplete(JsonObject object) throws IOException {
        if (!object.complete()) {
            return;
        }
        waiting.remove(object);
        if (object.refused() != null) {
            submissions.refuse(object.sopClassUid(), object.sopInstanceUid(), object.refused());
        } else {
            submissions.store(
                    object.sopClassUid(), object.sopInstanceUid(), object.transferSyntaxUid(), object.bytes(spool));
        }
        if (object.pixels() != null) {
            spool.release();
        }
    }

    @Override
    public void end() {
        waiting.forEach(object ->
                submissions.refuse(object.sopClassUid(), object.sopInstanceUid(), FailureReason.BULK_DATA_MISSING));
    }

    @Override
    public void close() {
        spool.close();
    }
}
