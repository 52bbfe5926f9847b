package io.prelim.dicom.object;

import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.stream.TokenReader;
import io.prelim.dicom.stream.TokenWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes data sets to streams. */
public final class DataSetWriter {
    private DataSetWriter() {}

    /**
     * Writes the data set in the given syntax. What was read in the same syntax is written as it was, byte for byte: values
     * keep their bytes, sequences and items the way their length was told. Pixel data is not transcoded.
     */
    public static void write(DataSet dataSet, TransferSyntax syntax, OutputStream out) throws IOException {
        if (syntax.deflated()) {
            writeDeflated(dataSet, syntax, out);
        } else {
            write(dataSet, new TokenWriter(out, syntax), syntax.explicitVr());
        }
    }

    private static void writeDeflated(DataSet dataSet, TransferSyntax syntax, OutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater);
            write(dataSet, new TokenWriter(deflated, syntax), true);
            deflated.finish();
            if ((deflater.getBytesWritten() & 1) != 0) {
                out.write(0);
            }
        } finally {
            deflater.end();
        }
    }

    private static void write(DataSet dataSet, TokenWriter writer, boolean explicitVr) throws IOException {
        for (Element element : dataSet.elements()) {
            if (element instanceof ValueElement value) {
                writer.value(value.tag(), value.vr(), value.bytes());
            } else if (element instanceof SequenceElement sequence) {
                write(sequence, writer, explicitVr);
            } else if (element instanceof FragmentsElement pixels) {
                writer.fragmentsStart(pixels.tag(), pixels.vr());
                for (byte[] fragment : pixels.fragments()) {
                    writer.fragment(fragment);
                }
                writer.sequenceDelimiter();
            }
        }
    }

    private static void write(SequenceElement sequence, TokenWriter writer, boolean explicitVr) throws IOException {
        boolean unknown = sequence.vr() == VR.UN;
        TokenWriter inner = unknown ? writer.forUnknown() : writer;
        boolean innerExplicit = explicitVr && !unknown;
        boolean delimited = delimited(sequence, explicitVr);
        writer.sequenceStart(
                sequence.tag(),
                sequence.vr(),
                delimited ? TokenReader.UNDEFINED_LENGTH : length(sequence, innerExplicit));
        for (DataSet item : sequence.items()) {
            inner.itemStart(item.delimited() ? TokenReader.UNDEFINED_LENGTH : length(item, innerExplicit));
            write(item, inner, innerExplicit);
            if (item.delimited()) {
                inner.itemDelimiter();
            }
        }
        if (delimited) {
            inner.sequenceDelimiter();
        }
    }

    /**
     * Whether a delimiter ends the sequence, as it did when it was read. In implicit VR one whose attribute the dictionary knows
     * as something else, which came in explicit VR, is a value to whoever reads it: it has a length.
     */
    private static boolean delimited(SequenceElement sequence, boolean explicitVr) {
        if (!sequence.undefinedLength() || explicitVr) {
            return sequence.undefinedLength();
        }
        VR vr = Dictionary.standard().vr(sequence.tag());
        return vr == VR.SQ || vr == VR.UN;
    }

    /** Bytes the data set takes in the plain layout. */
    static long length(DataSet dataSet, boolean explicitVr) {
        long length = 0;
        for (Element element : dataSet.elements()) {
            if (element instanceof ValueElement value) {
                length += TokenWriter.headerLength(explicitVr, value.vr(), value.length()) + value.length();
            } else if (element instanceof SequenceElement sequence) {
                length += TokenWriter.headerLength(explicitVr, sequence.vr(), 0)
                        + length(sequence, explicitVr && sequence.vr() != VR.UN)
                        + (delimited(sequence, explicitVr) ? 8 : 0);
            } else if (element instanceof FragmentsElement pixels) {
                length += TokenWriter.headerLength(explicitVr, pixels.vr(), 0) + 8;
                for (byte[] fragment : pixels.fragments()) {
                    length += 8 + fragment.length;
                }
            }
        }
        return length;
    }

    /** Bytes of the items, without the sequence's own header and delimiter. */
    private static long length(SequenceElement sequence, boolean explicitVr) {
        long length = 0;
        for (DataSet item : sequence.items()) {
            length += 8 + length(item, explicitVr) + (item.delimited() ? 8 : 0);
        }
        return length;
    }
}
