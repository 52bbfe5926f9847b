package io.prelim.dicom.json;

import com.fasterxml.jackson.core.JsonToken;
import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.object.ValueElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the attributes of one data set and of its items (PS3.18 section F.2.2). */
final class DataSetInput {
    private static final String UTF_8 = "ISO_IR 192";
    private static final SpecificCharacterSet CHARACTER_SET = SpecificCharacterSet.of(List.of(UTF_8));
    private static final byte[] EMPTY = {};

    private final ReadLimits limits;
    private final BulkDataResolver bulkData;
    private final TagPath path = new TagPath();
    private JsonInput json;
    private int elements;
    private boolean ascii = true;

    DataSetInput(JsonInput json, ReadLimits limits, BulkDataResolver bulkData) {
        this.json = json;
        this.limits = limits;
        this.bulkData = bulkData;
    }

    /** The data set whose object has begun. */
    DataSet read() throws IOException {
        DataSet dataSet = new DataSet(CHARACTER_SET);
        object(dataSet);
        if (!ascii || dataSet.contains(Tag.SPECIFIC_CHARACTER_SET)) {
            dataSet.putString(Tag.SPECIFIC_CHARACTER_SET, UTF_8);
        }
        return dataSet;
    }

    private void object(DataSet dataSet) throws IOException {
        List<Element> read = new ArrayList<>();
        while (json.next() != JsonToken.END_OBJECT) {
            String key = json.text();
            if (!TagPath.isHex(key)) {
                throw malformed(Kind.STRUCTURE, "name that is no tag", 0, -1);
            }
            int tag = Integer.parseUnsignedInt(key, 16);
            if (Tag.group(tag) == 0xFFFE) {
                throw malformed(Kind.STRUCTURE, "item or delimiter where an element is due", tag, -1);
            }
            count(tag);
            if (json.next() != JsonToken.START_OBJECT) {
                throw malformed(Kind.STRUCTURE, "attribute that is no object", tag, -1);
            }
            Element element = attribute(dataSet, tag);
            if (!Tag.isGroupLength(tag)) {
                read.add(element);
            }
        }
        dataSet.putAll(read);
        if (dataSet.size() < read.size()) {
            throw malformed(Kind.STRUCTURE, "attribute a second time", 0, read.size() - (long) dataSet.size());
        }
    }

    private Element attribute(DataSet holder, int tag) throws IOException {
        VR vr = null;
        JsonInput aside = null;
        Element element = null;
        byte[] inline = null;
        String uri = null;
        int told = 0;
        while (json.next() != JsonToken.END_OBJECT) {
            String name = json.text();
            json.next();
            switch (name) {
                case "vr" -> {
                    if (vr != null) {
                        throw malformed(Kind.STRUCTURE, "vr a second time", tag, -1);
                    }
                    vr = vr(tag);
                }
                case "Value" -> {
                    told++;
                    if (vr == null) {
                        aside = json.setAside();
                    } else {
                        element = value(holder, tag, vr);
                    }
                }
                case "InlineBinary" -> {
                    told++;
                    inline = inline(tag);
                }
                case "BulkDataURI" -> {
                    told++;
                    uri = string(tag, "BulkDataURI that is no text");
                }
                default -> throw malformed(Kind.STRUCTURE, "attribute with a member unknown to DICOM JSON", tag, -1);
            }
            if (told > 1) {
                throw malformed(Kind.STRUCTURE, "attribute with more than one value", tag, -1);
            }
        }
        if (vr == null) {
            throw malformed(Kind.STRUCTURE, "attribute without vr", tag, -1);
        }
        if (aside != null) {
            JsonInput rest = json;
            json = aside;
            element = value(holder, tag, vr);
            json = rest;
        }
        if (inline != null) {
            if (vr.kind() != VR.Kind.BYTES && vr.kind() != VR.Kind.NUMBER) {
                throw malformed(Kind.STRUCTURE, "InlineBinary of text or a sequence", tag, -1);
            }
            element = ValueElement.of(tag, vr, Values.pad(inline, vr));
        }
        if (uri != null) {
            element = elsewhere(holder, tag, vr, uri);
        }
        return element != null ? element : empty(holder, tag, vr);
    }

    private Element elsewhere(DataSet holder, int tag, VR vr, String uri) throws IOException {
        Element element = bulkData.resolve(new BulkDataReference(holder, path.to(tag), tag, vr, uri));
        if (element != null && element.tag() != tag) {
            throw new IllegalStateException("bulk data of another tag");
        }
        // whatever is to come is UTF-8, and may need to be told so
        ascii &= !vr.charsetDependent();
        return element == null ? empty(holder, tag, vr) : element;
    }

    private static Element empty(DataSet holder, int tag, VR vr) {
        return vr == VR.SQ ? holder.sequence(tag, List.of()) : ValueElement.of(tag, vr, EMPTY);
    }

    private VR vr(int tag) throws IOException {
        String name = string(tag, "vr that is no text");
        VR vr = name.length() == 2 ? VR.of(name.charAt(0), name.charAt(1)) : null;
        if (vr == null) {
            throw malformed(Kind.STRUCTURE, "unknown value representation", tag, -1);
        }
        return vr;
    }

    private Element value(DataSet holder, int tag, VR vr) throws IOException {
        if (json.token() != JsonToken.START_ARRAY) {
            throw malformed(Kind.STRUCTURE, "Value that is no array", tag, -1);
        }
        if (vr == VR.SQ) {
            return sequence(holder, tag);
        }
        if (vr.kind() == VR.Kind.BYTES) {
            throw malformed(Kind.STRUCTURE, "Value of bytes that is not InlineBinary", tag, -1);
        }
        JsonValue value = new JsonValue(vr);
        try {
            while (json.next() != JsonToken.END_ARRAY) {
                member(value, tag, vr);
                if (value.length() > limits.maxElementBytes()) {
                    throw malformed(Kind.LIMIT, "value longer than allowed", tag, value.length());
                }
            }
            ascii &= value.ascii();
            return ValueElement.of(tag, vr, value.bytes());
        } catch (JsonValue.Unfit e) {
            throw malformed(Kind.STRUCTURE, e.getMessage(), tag, -1);
        }
    }

    private void member(JsonValue value, int tag, VR vr) throws IOException, JsonValue.Unfit {
        count(tag);
        switch (json.token()) {
            case VALUE_NULL -> value.addNull();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value.addNumber(json.text());
            case VALUE_STRING -> {
                if (vr == VR.PN) {
                    throw malformed(Kind.STRUCTURE, "person name that is no object", tag, -1);
                }
                value.addString(json.text());
            }
            case START_OBJECT -> {
                if (vr != VR.PN) {
                    throw malformed(Kind.STRUCTURE, "object where a value is due", tag, -1);
                }
                value.addText(personName(tag));
            }
            default -> throw malformed(Kind.STRUCTURE, "not a value", tag, -1);
        }
    }

    private String personName(int tag) throws IOException {
        String[] groups = new String[JsonValue.NAME_GROUPS.size()];
        int last = 0;
        while (json.next() != JsonToken.END_OBJECT) {
            int group = JsonValue.NAME_GROUPS.indexOf(json.text());
            if (group < 0 || groups[group] != null) {
                throw malformed(Kind.STRUCTURE, "person name with a group unknown or a second time", tag, -1);
            }
            json.next();
            groups[group] = json.token() == JsonToken.VALUE_NULL ? "" : string(tag, "name that is no text");
            last = Math.max(last, groups[group].isEmpty() ? 0 : group);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i <= last; i++) {
            name.append(i > 0 ? "=" : "").append(groups[i] == null ? "" : groups[i]);
        }
        return name.toString();
    }

    private Element sequence(DataSet holder, int tag) throws IOException {
        if (path.depth() >= limits.maxDepth()) {
            throw malformed(Kind.LIMIT, "sequences nested too deep", tag, path.depth() + 1L);
        }
        List<DataSet> items = new ArrayList<>(1);
        while (json.next() != JsonToken.END_ARRAY) {
            if (json.token() != JsonToken.START_OBJECT) {
                throw malformed(Kind.STRUCTURE, "not an item of a sequence", tag, -1);
            }
            count(tag);
            DataSet item = new DataSet(CHARACTER_SET);
            path.enter(tag, items.size() + 1);
            object(item);
            path.leave();
            item.remove(Tag.SPECIFIC_CHARACTER_SET);
            items.add(item);
        }
        return holder.sequence(tag, items);
    }

    private byte[] inline(int tag) throws IOException {
        if (json.token() != JsonToken.VALUE_STRING) {
            throw malformed(Kind.STRUCTURE, "InlineBinary that is no text", tag, -1);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        json.binary(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                bytes.write(buffer, offset, length);
                if (bytes.size() > limits.maxElementBytes()) {
                    throw malformed(Kind.LIMIT, "value longer than allowed", tag, bytes.size());
                }
            }
        });
        return bytes.toByteArray();
    }

    private String string(int tag, String otherwise) throws IOException {
        if (json.token() != JsonToken.VALUE_STRING) {
            throw malformed(Kind.STRUCTURE, otherwise, tag, -1);
        }
        return json.text();
    }

    private void count(int tag) throws MalformedInput {
        if (++elements > limits.maxElements()) {
            throw malformed(Kind.LIMIT, "more elements than allowed", tag, elements);
        }
    }

    private MalformedInput malformed(Kind kind, String what, int tag, long amount) {
        return json.malformed(kind, what, path.to(tag), amount);
    }
}
