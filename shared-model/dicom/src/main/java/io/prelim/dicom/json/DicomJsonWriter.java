package io.prelim.dicom.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.object.FragmentsElement;
import io.prelim.dicom.object.SequenceElement;
import io.prelim.dicom.object.ValueElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes data sets as DICOM JSON (PS3.18 annex F), in UTF-8. (0008,0005) stays as it is: it tells of the source, not of the
 * JSON (section F.2.2 note 3). Padding is left out, and so are group lengths.
 */
public final class DicomJsonWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(4000).build())
            .build();

    private final JsonGenerator json;
    private final BulkDataPolicy policy;
    private final TagPath path = new TagPath();

    private DicomJsonWriter(JsonGenerator json, BulkDataPolicy policy) {
        this.json = json;
        this.policy = policy;
    }

    /** Writes one object; the stream stays open. */
    public static void write(DataSet dataSet, OutputStream out, BulkDataPolicy policy) throws IOException {
        try (JsonGenerator json = generator(out)) {
            new DicomJsonWriter(json, policy).object(dataSet);
        }
    }

    /** Writes an array of objects; the stream stays open. */
    public static void writeAll(Iterable<DataSet> dataSets, OutputStream out, BulkDataPolicy policy)
            throws IOException {
        try (JsonGenerator json = generator(out)) {
            DicomJsonWriter writer = new DicomJsonWriter(json, policy);
            json.writeStartArray();
            for (DataSet dataSet : dataSets) {
                writer.object(dataSet);
            }
            json.writeEndArray();
        }
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private void object(DataSet dataSet) throws IOException {
        json.writeStartObject();
        for (Element element : dataSet.elements()) {
            if (!Tag.isGroupLength(element.tag())) {
                json.writeObjectFieldStart(TagPath.hex(element.tag()));
                if (element instanceof SequenceElement sequence) {
                    sequence(sequence);
                } else if (element instanceof FragmentsElement fragments) {
                    fragments(fragments);
                } else {
                    value(dataSet, (ValueElement) element);
                }
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    /** One that came as UN is a sequence all the same: its items are known. */
    private void sequence(SequenceElement sequence) throws IOException {
        json.writeStringField("vr", VR.SQ.name());
        if (sequence.items().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        int number = 0;
        for (DataSet item : sequence.items()) {
            path.enter(sequence.tag(), ++number);
            object(item);
            path.leave();
        }
        json.writeEndArray();
    }

    /** Inline, the fragments are items as on the wire (PS3.5 annex A.4), without the delimiter. */
    private void fragments(FragmentsElement fragments) throws IOException {
        json.writeStringField("vr", fragments.vr().name());
        if (elsewhere(fragments)) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] fragment : fragments.fragments()) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) Tag.group(Tag.ITEM))
                    .putShort((short) Tag.element(Tag.ITEM))
                    .putInt(fragment.length)
                    .array());
            out.writeBytes(fragment);
        }
        json.writeBinaryField("InlineBinary", out.toByteArray());
    }

    private void value(DataSet dataSet, ValueElement value) throws IOException {
        VR vr = value.vr();
        json.writeStringField("vr", vr.name());
        if (value.length() == 0 || (mayBeBulk(vr) && elsewhere(value))) {
            return;
        }
        switch (vr.kind()) {
            case NUMBER -> numbers(Values.numbers(value.bytes(), vr), vr);
            case TEXT -> texts(dataSet.strings(value.tag()), vr);
            case BYTES -> json.writeBinaryField("InlineBinary", value.bytes());
            case SEQUENCE -> throw new IllegalArgumentException("a sequence without items: " + value);
        }
    }

    /** The representations that PS3.18 section F.2.2 allows a BulkDataURI for. */
    private static boolean mayBeBulk(VR vr) {
        return switch (vr) {
            case DS, IS, LT, ST, UC, UT -> true;
            default -> vr.kind() == VR.Kind.BYTES || (vr.kind() == VR.Kind.NUMBER && vr != VR.AT);
        };
    }

    private boolean elsewhere(Element element) throws IOException {
        String uri = policy == BulkDataPolicy.INLINE ? null : policy.uri(path.to(element.tag()), element);
        if (uri != null) {
            json.writeStringField("BulkDataURI", uri);
        }
        return uri != null;
    }

    private void numbers(List<Number> numbers, VR vr) throws IOException {
        if (numbers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (Number number : numbers) {
            switch (vr) {
                case FL, FD -> decimal(number.doubleValue(), vr);
                case AT -> json.writeString(TagPath.hex((int) number.longValue()));
                case SV, UV -> wide(number.longValue(), vr);
                default -> json.writeNumber(number.longValue());
            }
        }
        json.writeEndArray();
    }

    /** JSON has no number for what is none. */
    private void decimal(double value, VR vr) throws IOException {
        if (Double.isNaN(value)) {
            json.writeString(JsonValue.NOT_A_NUMBER);
        } else if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? JsonValue.INFINITY : JsonValue.MINUS_INFINITY);
        } else if (vr == VR.FL) {
            json.writeNumber((float) value);
        } else {
            json.writeNumber(value);
        }
    }

    /** What a double cannot tell exactly is a string (PS3.18 table F.2.3-1, note). */
    private void wide(long value, VR vr) throws IOException {
        boolean exact = value < 1L << 53 && value > (vr == VR.UV ? -1 : -(1L << 53));
        if (exact) {
            json.writeNumber(value);
        } else {
            json.writeString(Values.text(value, vr));
        }
    }

    private void texts(List<String> values, VR vr) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (String value : values) {
            if (value.isEmpty()) {
                json.writeNull();
            } else if (vr == VR.PN) {
                personName(value);
            } else if ((vr == VR.DS || vr == VR.IS)
                    && value.length() <= JsonValue.LONGEST_DECIMAL
                    && JsonValue.isNumber(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(value);
            }
        }
        json.writeEndArray();
    }

    /** Up to three component groups, the empty ones left out (PS3.18 section F.2.2). */
    private void personName(String value) throws IOException {
        String[] groups = value.split("=", JsonValue.NAME_GROUPS.size());
        json.writeStartObject();
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].isEmpty()) {
                json.writeStringField(JsonValue.NAME_GROUPS.get(i), groups[i]);
            }
        }
        json.writeEndObject();
    }
}
