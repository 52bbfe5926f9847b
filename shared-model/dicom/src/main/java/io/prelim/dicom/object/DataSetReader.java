package io.prelim.dicom.object;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.stream.Token;
import io.prelim.dicom.stream.TokenReader;
import io.prelim.dicom.stream.TokenWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads data sets from streams: builds objects of the tokens, with a stack of its own in place of recursion. */
public final class DataSetReader {
    /** A sequence whose items are being read. */
    private static final class Open {
        final DataSet holder;
        final int tag;
        final VR vr;
        final boolean undefinedLength;
        final List<DataSet> items = new ArrayList<>(1);

        Open(DataSet holder, TokenReader reader) {
            this.holder = holder;
            this.tag = reader.tag();
            // an attribute unknown to implicit VR is a sequence, as its form shows; explicit UN stays what the wire
            // said
            this.vr = reader.vr();
            this.undefinedLength = reader.length() == TokenReader.UNDEFINED_LENGTH;
        }
    }

    private DataSetReader() {}

    /**
     * Reads a whole data set, pixel data and all, to the end of the stream.
     *
     * @throws MalformedInput when the bytes break the standard or a limit
     */
    public static DataSet read(InputStream in, TransferSyntax syntax, ReadLimits limits) throws IOException {
        TokenReader reader = TokenReader.of(new BufferedInputStream(in), syntax, limits);
        DataSet dataSet = new DataSet();
        read(reader, dataSet, false);
        return dataSet;
    }

    /**
     * Reads up to pixel data. The stream then stands at the first byte of the pixel data's value, no byte further; without
     * pixel data it stands at its end. Takes a few bytes at a time: buffer what is slow at that.
     *
     * @throws MalformedInput when the bytes break the standard or a limit, and for deflated syntaxes, whose parts are no parts
     *     of the bytes: see {@link #readThrough}
     */
    public static Header readHeader(InputStream in, TransferSyntax syntax, ReadLimits limits) throws IOException {
        if (syntax.deflated()) {
            throw new MalformedInput(
                    MalformedInput.Kind.UNSUPPORTED, "a deflated data set has no header of its own", 0, "", -1);
        }
        TokenReader reader = TokenReader.of(in, syntax, limits);
        DataSet dataSet = new DataSet();
        return header(reader, dataSet, read(reader, dataSet, true));
    }

    /**
     * Reads a whole object in bounded memory, of any syntax: elements before pixel data into the header, the pixel data's
     * value into the stream, as it is on the wire before any deflating (fragments as items with their delimiter, PS3.5 annex
     * A.4). Elements after it are checked and left out. For deflated syntaxes the header's length and offset count inflated
     * bytes: a receiver keeps such an object's bytes whole.
     *
     * @param pixels takes the value; nothing when there is no pixel data
     * @throws MalformedInput when the bytes break the standard or a limit, that of inflating among them
     */
    public static Header readThrough(InputStream in, TransferSyntax syntax, ReadLimits limits, OutputStream pixels)
            throws IOException {
        TokenReader reader = TokenReader.of(in, syntax, limits);
        DataSet dataSet = new DataSet();
        boolean stopped = read(reader, dataSet, true);
        Header header = header(reader, dataSet, stopped);
        if (!stopped) {
            return header;
        }
        if (header.pixelData().encapsulated()) {
            TokenWriter writer = new TokenWriter(pixels, syntax);
            while (reader.next() == Token.FRAGMENT) {
                writer.itemStart(reader.length());
                reader.copyValue(pixels);
            }
            writer.sequenceDelimiter();
        } else {
            reader.copyValue(pixels);
        }
        while (reader.next() != Token.END) {
            // the values of what comes after pixel data are passed over
        }
        return new Header(dataSet, header.headerLength(), header.pixelData(), reader.deviations());
    }

    private static Header header(TokenReader reader, DataSet dataSet, boolean pixels) {
        return new Header(
                dataSet,
                pixels ? reader.tokenOffset() : reader.offset(),
                pixels ? new PixelData(reader.vr(), reader.length(), reader.offset()) : null,
                reader.deviations());
    }

    /** Reads into the data set; whether it stopped at pixel data. */
    static boolean read(TokenReader reader, DataSet dataSet, boolean stopAtPixelData) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        Dependent dependent = new Dependent();
        OutOfOrder late = new OutOfOrder(reader);
        DataSet current = dataSet;
        boolean stopped = false;
        for (Token token = reader.next(); token != Token.END; token = reader.next()) {
            if (stopAtPixelData && open.isEmpty() && reader.tag() == Tag.PIXEL_DATA) {
                stopped = true;
                break;
            }
            switch (token) {
                case VALUE -> {
                    dependent.note(reader, current);
                    late.add(current, ValueElement.of(reader.tag(), reader.vr(), reader.value()));
                }
                case FRAGMENTS_START -> late.add(current, fragments(reader));
                case SEQUENCE_START -> open.push(new Open(current, reader));
                case ITEM_START -> current = new DataSet(current, reader.length() == TokenReader.UNDEFINED_LENGTH);
                case ITEM_END -> {
                    late.complete(current);
                    Open sequence = open.element();
                    sequence.items.add(current);
                    current = sequence.holder;
                }
                case SEQUENCE_END -> {
                    Open sequence = open.pop();
                    late.add(
                            current,
                            new SequenceElement(sequence.tag, sequence.vr, sequence.items, sequence.undefinedLength));
                }
                default -> throw new IllegalStateException("unexpected " + token);
            }
        }
        late.complete(dataSet);
        dependent.resolve();
        return stopped;
    }

    private static FragmentsElement fragments(TokenReader reader) throws IOException {
        int tag = reader.tag();
        VR vr = reader.vr();
        List<byte[]> fragments = new ArrayList<>();
        while (reader.next() == Token.FRAGMENT) {
            fragments.add(reader.value());
        }
        return new FragmentsElement(tag, vr, fragments);
    }
}
