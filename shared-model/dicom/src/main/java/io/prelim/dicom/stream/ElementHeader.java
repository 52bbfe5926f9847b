package io.prelim.dicom.stream;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import java.io.IOException;

/** The tag, value representation and length of one element or item, as the open frame's encoding lays them out. */
final class ElementHeader {
    private final ByteSource source;
    private final Frames frames;
    private final Guard guard;
    private final byte[] field = new byte[4];
    int tag;
    VR vr;
    /** Whether the representation is the dictionary's, because the wire named none. */
    boolean fromDictionary;
    /** Bytes of the value, or {@link TokenReader#UNDEFINED_LENGTH}. */
    long length;

    ElementHeader(ByteSource source, Frames frames, Guard guard) {
        this.source = source;
        this.frames = frames;
        this.guard = guard;
    }

    /** Reads a tag; false when the input has ended before it. */
    boolean readTag() throws IOException {
        int read = source.read(field, 0, 4);
        if (read == 0) {
            return false;
        }
        if (read < 4) {
            throw guard.malformed(Kind.TRUNCATED, "input ends in a tag", tag, read);
        }
        tag = int16(0) << 16 | int16(2);
        return true;
    }

    /** Takes back the tag read last. */
    void unreadTag() {
        source.pushBack(field);
    }

    /** Reads the length of an item or delimiter: 32 bits in every syntax (PS3.5 section 7.5). */
    void readItem() throws IOException {
        vr = null;
        readLength32();
    }

    /** Reads value representation and length of an element (PS3.5 section 7.1.2 and 7.1.3). */
    void readElement() throws IOException {
        readField();
        VR named = VR.of(field[0], field[1]);
        if (frames.count() == 0 && frames.probing() && frames.explicitVr() != (named != null)) {
            probe(named != null);
        }
        if (!frames.explicitVr()) {
            readImplicit();
        } else if (named == null && !letters()) {
            guard.tolerate(Leniency.IMPLICIT_IN_EXPLICIT, "element without value representation", tag, -1);
            readImplicit();
        } else {
            readExplicit(named);
        }
    }

    private void readImplicit() {
        vr = Dictionary.standard().vr(tag);
        fromDictionary = true;
        length = length32();
    }

    private void readExplicit(VR named) throws IOException {
        vr = named;
        fromDictionary = false;
        if (named == null) {
            guard.tolerate(Leniency.UNKNOWN_VR, "unknown value representation", tag, -1);
            vr = VR.UN;
        }
        if (vr.longLength()) {
            if (field[2] != 0 || field[3] != 0) {
                guard.tolerate(Leniency.RESERVED_BYTES, "reserved bytes other than zero", tag, -1);
            }
            readLength32();
        } else {
            length = int16(2);
        }
    }

    /** The first element shows that the encoding is the other one, or at least that it is not the one expected. */
    private void probe(boolean explicitVr) throws IOException {
        if (explicitVr || !letters()) {
            guard.tolerate(Leniency.OTHER_VR_ENCODING, "encoding other than the transfer syntax says", tag, -1);
            frames.explicitVr(explicitVr);
        }
    }

    private boolean letters() {
        return field[0] >= 'A' && field[0] <= 'Z' && field[1] >= 'A' && field[1] <= 'Z';
    }

    private void readLength32() throws IOException {
        readField();
        length = length32();
    }

    private void readField() throws IOException {
        if (source.read(field, 0, 4) < 4) {
            throw guard.malformed(Kind.TRUNCATED, "input ends in a length", tag, -1);
        }
    }

    private long length32() {
        int value = frames.bigEndian() ? int16(0) << 16 | int16(2) : int16(2) << 16 | int16(0);
        return value == -1 ? TokenReader.UNDEFINED_LENGTH : value & 0xFFFFFFFFL;
    }

    private int int16(int at) {
        return frames.bigEndian()
                ? (field[at] & 0xFF) << 8 | (field[at + 1] & 0xFF)
                : (field[at + 1] & 0xFF) << 8 | (field[at] & 0xFF);
    }

    /** Whether the tag is one of the three that structure sequences. */
    boolean structural() {
        return Tag.group(tag) == 0xFFFE;
    }
}
