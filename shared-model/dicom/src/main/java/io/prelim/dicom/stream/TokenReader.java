package io.prelim.dicom.stream;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Set;

/**
 * Reads a data set token by token (PS3.5 section 7), without recursion and without looking ahead: after a token the stream
 * stands at the first byte of its value. {@link #tag()}, {@link #vr()} and {@link #length()} tell of the token last met.
 *
 * <p>Values are handed out little endian. What breaks the standard is a {@link MalformedInput}, unless a
 * {@link Leniency} of the limits lets it pass, in which case it is noted in {@link #deviations()}.
 */
public final class TokenReader {
    /** The length of a sequence, item or fragments that a delimiter ends. */
    public static final long UNDEFINED_LENGTH = -1;

    private static final int ANY_GROUP = -1;

    private final ReadLimits limits;
    private final ByteSource source;
    private final Frames frames;
    private final Guard guard;
    private final ElementHeader header;
    private final PendingValue value;
    private int onlyGroup = ANY_GROUP;
    private long tokenOffset;

    private TokenReader(InputStream in, TransferSyntax syntax, ReadLimits limits) {
        this.limits = limits;
        this.source = new ByteSource(in, limits.maxObjectBytes());
        this.frames = new Frames(syntax.explicitVr(), syntax.bigEndian());
        this.guard = new Guard(limits, source, frames);
        this.header = new ElementHeader(source, frames, guard);
        this.value = new PendingValue(source, frames, guard, header);
    }

    /** Reads a data set in the given syntax. */
    public static TokenReader of(InputStream in, TransferSyntax syntax, ReadLimits limits) {
        TokenReader reader = new TokenReader(in, syntax, limits);
        if (syntax.deflated()) {
            reader.inflate();
        }
        return reader;
    }

    /**
     * Reads group 0002, file meta information, whatever its group length claims: the first tag of another group is
     * {@link Token#END}. Then {@link #continueWith} reads the data set.
     */
    public static TokenReader ofFileMeta(InputStream in, ReadLimits limits) {
        TokenReader reader = new TokenReader(in, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, limits);
        reader.onlyGroup = 2;
        return reader;
    }

    /** Goes on after file meta information, with offsets that count on from the start. */
    public void continueWith(TransferSyntax syntax) {
        onlyGroup = ANY_GROUP;
        frames.restart(syntax.explicitVr(), syntax.bigEndian());
        if (syntax.deflated()) {
            inflate();
        }
    }

    private void inflate() {
        source.replace(InflatingStream.of(
                source.pushedBack(),
                source.stream(),
                limits.maxInflateRatio(),
                () -> tolerate(Leniency.ZLIB_HEADER, "zlib header before deflated data", -1)));
    }

    /** What follows file meta information, from its first byte on and as it lies in the stream; reads on in place of this. */
    public InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(source.pushedBack()), source.stream());
    }

    /** The tag of the token; FFFE,E000 for items and fragments. */
    public int tag() {
        return header.tag;
    }

    /** The value representation of the element: the wire's, or for implicit VR the dictionary's. */
    public VR vr() {
        return header.vr;
    }

    /** Whether the element's value representation is the dictionary's, because the wire named none. */
    public boolean vrFromDictionary() {
        return header.fromDictionary;
    }

    /** Bytes of the value, or {@link #UNDEFINED_LENGTH}. */
    public long length() {
        return header.length;
    }

    /** Where the token's first byte lies, counted from where the reader began. */
    public long tokenOffset() {
        return tokenOffset;
    }

    /** Bytes read so far. */
    public long offset() {
        return source.offset();
    }

    /** Departures from the standard let pass so far. */
    public Set<Leniency> deviations() {
        return guard.deviations();
    }

    /** Notes a departure that a caller found, if it is tolerated. */
    public void deviation(Leniency leniency, String what) throws MalformedInput {
        guard.tolerate(leniency, what, header.tag, -1);
    }

    /** Goes to the next token; a value that was not read is skipped. */
    public Token next() throws IOException {
        value.skip();
        while (true) {
            tokenOffset = source.offset();
            if (!frames.undefined() && tokenOffset >= frames.end()) {
                if (tokenOffset > frames.end()) {
                    throw malformed(Kind.STRUCTURE, "sequence or item longer than its length", frames.end());
                }
                return close();
            }
            if (!header.readTag()) {
                return atEnd();
            }
            Token token =
                    switch (frames.kind()) {
                        case Frames.SEQUENCE -> inSequence();
                        case Frames.FRAGMENTS -> inFragments();
                        default -> inItem();
                    };
            if (token != null) {
                return token;
            }
        }
    }

    /** The input has ended: the data set is complete, or delimiters are missing, or bytes are. */
    private Token atEnd() throws IOException {
        if (frames.atRoot()) {
            header.tag = 0;
            return Token.END;
        }
        header.tag = frames.tag();
        if (frames.innermostEnd() != Frames.UNDEFINED) {
            throw malformed(Kind.TRUNCATED, "input ends inside a sequence or item", frames.innermostEnd() - offset());
        }
        tolerate(Leniency.MISSING_DELIMITER, "input ends without a delimiter", -1);
        return close();
    }

    private Token inSequence() throws IOException {
        header.readItem();
        if (header.tag == Tag.SEQUENCE_DELIMITATION) {
            return delimiter();
        }
        if (header.tag != Tag.ITEM) {
            throw malformed(Kind.STRUCTURE, "not an item of a sequence", -1);
        }
        guard.count(header.tag);
        frames.counted();
        long end = header.length == UNDEFINED_LENGTH ? Frames.UNDEFINED : source.offset() + header.length;
        if (end != Frames.UNDEFINED && !frames.undefined() && end > frames.end()) {
            throw malformed(Kind.STRUCTURE, "item longer than its sequence", header.length);
        }
        frames.push(Frames.ITEM, 0, end);
        return Token.ITEM_START;
    }

    private Token inFragments() throws IOException {
        header.readItem();
        if (header.tag == Tag.SEQUENCE_DELIMITATION) {
            return delimiter();
        }
        if (header.tag != Tag.ITEM) {
            throw malformed(Kind.STRUCTURE, "not a fragment of pixel data", -1);
        }
        if (header.length == UNDEFINED_LENGTH) {
            throw malformed(Kind.STRUCTURE, "fragment of undefined length", -1);
        }
        guard.count(header.tag);
        frames.counted();
        value.comes();
        return Token.FRAGMENT;
    }

    private Token inItem() throws IOException {
        if (onlyGroup != ANY_GROUP && frames.atRoot() && Tag.group(header.tag) != onlyGroup) {
            header.unreadTag();
            return Token.END;
        }
        if (header.structural()) {
            header.readItem();
            boolean stray = frames.atRoot() || !frames.undefined();
            if (header.tag == Tag.ITEM_DELIMITATION || (header.tag == Tag.SEQUENCE_DELIMITATION && stray)) {
                return delimiter();
            }
            throw malformed(Kind.STRUCTURE, "item or sequence delimiter where an element is due", -1);
        }
        guard.count(header.tag);
        checkOrder();
        header.readElement();
        frames.counted();
        return element();
    }

    /** The delimiter that is due ends its frame; another one is stray. Null when it is passed over. */
    private Token delimiter() throws IOException {
        if (header.length != 0) {
            throw malformed(Kind.STRUCTURE, "delimiter with a length", header.length);
        }
        if (frames.undefined() && !frames.atRoot()) {
            return close();
        }
        tolerate(Leniency.STRAY_DELIMITER, "delimiter without need", -1);
        return null;
    }

    private Token close() {
        byte kind = frames.kind();
        frames.pop();
        header.vr = null;
        header.length = 0;
        return switch (kind) {
            case Frames.SEQUENCE -> Token.SEQUENCE_END;
            case Frames.FRAGMENTS -> Token.FRAGMENTS_END;
            default -> Token.ITEM_END;
        };
    }

    private void checkOrder() throws MalformedInput {
        if (frames.count() > 0) {
            int order = Integer.compareUnsigned(frames.tag(), header.tag);
            if (order == 0) {
                tolerate(Leniency.DUPLICATE_TAGS, "tag a second time", -1);
            } else if (order > 0) {
                tolerate(Leniency.UNSORTED_TAGS, "tag out of order", -1);
            }
        }
        frames.tag(header.tag);
    }

    private Token element() throws IOException {
        if (header.tag == Tag.PIXEL_DATA && header.vr == VR.SQ) {
            throw malformed(Kind.STRUCTURE, "pixel data that is a sequence", -1);
        }
        if (header.length == UNDEFINED_LENGTH) {
            return undefinedLength();
        }
        long end = source.offset() + header.length;
        long bound = frames.innermostEnd();
        if (bound != Frames.UNDEFINED && end > bound) {
            throw malformed(Kind.STRUCTURE, "value longer than what holds it", header.length);
        }
        if (header.vr == VR.SQ) {
            guard.depth(header.tag);
            frames.push(Frames.SEQUENCE, header.tag, end);
            return Token.SEQUENCE_START;
        }
        if ((header.length & 1) != 0) {
            tolerate(Leniency.ODD_LENGTH, "odd length", header.length);
        }
        value.comes();
        return Token.VALUE;
    }

    private Token undefinedLength() throws IOException {
        if (header.tag == Tag.PIXEL_DATA) {
            frames.push(Frames.FRAGMENTS, header.tag, Frames.UNDEFINED);
            return Token.FRAGMENTS_START;
        }
        if (header.vr != VR.SQ && header.vr != VR.UN) {
            throw malformed(Kind.STRUCTURE, "undefined length where none is allowed", -1);
        }
        guard.depth(header.tag);
        if (header.vr == VR.SQ) {
            frames.push(Frames.SEQUENCE, header.tag, Frames.UNDEFINED);
        } else {
            // PS3.5 section 6.2.2: the items of such a sequence are implicit VR little endian; some writers' are not
            frames.push(Frames.SEQUENCE, header.tag, Frames.UNDEFINED, false, false);
        }
        return Token.SEQUENCE_START;
    }

    /** The value of a {@link Token#VALUE} or {@link Token#FRAGMENT}, numbers little endian. */
    public byte[] value() throws IOException {
        return value.read();
    }

    /** Copies the value of a {@link Token#VALUE} or {@link Token#FRAGMENT} as it is, however long, in bounded memory. */
    public void copyValue(OutputStream out) throws IOException {
        value.copy(out);
    }

    private void tolerate(Leniency leniency, String what, long amount) throws MalformedInput {
        guard.tolerate(leniency, what, header.tag, amount);
    }

    private MalformedInput malformed(Kind kind, String what, long amount) {
        return guard.malformed(kind, what, header.tag, amount);
    }
}
