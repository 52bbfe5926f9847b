package io.prelim.dicom.pixel.read;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.object.Element;
import io.prelim.dicom.object.FragmentsElement;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.object.ValueElement;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.codec.FrameDecoder;
import io.prelim.dicom.pixel.locate.EncapsulatedFrames;
import io.prelim.dicom.pixel.locate.FrameIndex;
import io.prelim.dicom.pixel.locate.NativeFrames;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.pixel.locate.StreamMarks;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads an image's frames one by one, each in the memory of its code stream and its samples: the object is never loaded. Not safe for
 * use by several threads.
 */
public final class FrameReader {
    private final ImageDescription image;
    private final FrameIndex index;
    /** What its samples are encoded in. */
    private final TransferSyntax syntax;
    /** Null where frames lie unencoded, and where they are read as they are stored alone. */
    private final FrameDecoder decoder;

    private FrameReader(ImageDescription image, FrameIndex index, TransferSyntax syntax, FrameDecoder decoder) {
        this.image = image;
        this.index = index;
        this.syntax = syntax;
        this.decoder = decoder;
    }

    /**
     * Frames of an object whose pixel data stays where it is.
     *
     * @param dataSet what comes before pixel data
     * @param syntax the syntax of the object; of a deflated one, the bytes are those inflated
     * @param pixelData form and length of the value, or null when there is none
     * @param bytes the value, and perhaps what comes after it
     * @throws MalformedInput when the data set describes no image, the value cannot be its pixels, a limit is passed, or nothing
     *     here decodes the syntax
     * @throws IOException when the bytes cannot be had
     */
    public static FrameReader open(
            DataSet dataSet, TransferSyntax syntax, PixelData pixelData, PixelBytes bytes, PixelLimits limits)
            throws IOException {
        return open(dataSet, syntax, pixelData, bytes, limits, true);
    }

    /**
     * The same for frames that are read as they are stored alone, whatever their syntax: {@link #frame} refuses what is encoded.
     *
     * @throws MalformedInput as {@link #open}, but for a syntax that nothing here decodes
     */
    public static FrameReader openStored(
            DataSet dataSet, TransferSyntax syntax, PixelData pixelData, PixelBytes bytes, PixelLimits limits)
            throws IOException {
        return open(dataSet, syntax, pixelData, bytes, limits, false);
    }

    private static FrameReader open(
            DataSet dataSet,
            TransferSyntax syntax,
            PixelData pixelData,
            PixelBytes bytes,
            PixelLimits limits,
            boolean decoding)
            throws IOException {
        if (pixelData == null) {
            throw PixelRefusal.unsupported("no pixel data");
        }
        ImageDescription image = ImageDescription.of(dataSet, limits);
        if (pixelData.encapsulated() != syntax.encapsulated()) {
            throw PixelRefusal.structure(
                    syntax.encapsulated()
                            ? "pixel data without fragments in an encapsulated syntax"
                            : "fragments in a syntax without",
                    0,
                    pixelData.length());
        }
        if (!syntax.encapsulated()) {
            int word = syntax.bigEndian() && pixelData.vr() == VR.OW ? 2 : 1;
            return new FrameReader(image, new NativeFrames(image, value(pixelData, bytes), word), syntax, null);
        }
        FrameDecoder decoder = decoding ? FrameDecoder.of(syntax.uid(), limits) : null;
        StreamMarks marks = StreamMarks.of(syntax.uid());
        return new FrameReader(
                image, new EncapsulatedFrames(bytes, dataSet, image.frames(), marks, limits), syntax, decoder);
    }

    /**
     * Frames of an object that was read whole, such as one whose data set is deflated.
     *
     * @throws MalformedInput as {@link #open}
     */
    public static FrameReader of(DicomFile file, PixelLimits limits) throws IOException {
        DataSet dataSet = file.dataSet();
        Element element = dataSet.element(Tag.PIXEL_DATA);
        if (element instanceof FragmentsElement fragments) {
            PixelData form = new PixelData(VR.OB, -1, 0);
            return open(dataSet, file.transferSyntax(), form, PixelBytes.of(items(fragments.fragments())), limits);
        }
        if (element instanceof ValueElement value) {
            // numbers are little endian in an object
            PixelData form = new PixelData(VR.OB, value.length(), 0);
            return open(dataSet, file.transferSyntax(), form, PixelBytes.of(value.bytes()), limits);
        }
        return open(dataSet, file.transferSyntax(), null, null, limits);
    }

    private static byte[] items(List<byte[]> fragments) {
        long length = 0;
        for (byte[] fragment : fragments) {
            length += 8L + fragment.length;
        }
        ByteBuffer items = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] fragment : fragments) {
            items.putShort((short) Tag.group(Tag.ITEM)).putShort((short) Tag.element(Tag.ITEM));
            items.putInt(fragment.length).put(fragment);
        }
        return items.array();
    }

    /** No more of the bytes than the value has. */
    private static PixelBytes value(PixelData pixelData, PixelBytes bytes) {
        long length = Math.min(pixelData.length(), bytes.length());
        return new PixelBytes() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public byte[] read(long offset, int count) throws IOException {
                return bytes.read(offset, count);
            }
        };
    }

    /** The image as its data set describes it. */
    public ImageDescription image() {
        return image;
    }

    /**
     * A frame's samples; {@link Frame#image} says how they lie.
     *
     * @param frame from 0
     * @throws MalformedInput when it does not lie where it should, or is refused as {@link FrameDecoder#decode} says
     * @throws IOException when its bytes cannot be had
     */
    public Frame frame(int frame) throws IOException {
        if (decoder == null && syntax.encapsulated()) {
            throw PixelRefusal.noDecoder(syntax.uid());
        }
        byte[] stored = index.read(frame);
        return decoder == null ? new Frame(image, stored) : decoder.decode(stored, image);
    }

    /** A frame's bytes as they are stored: native samples, or its code stream. */
    public byte[] stored(int frame) throws IOException {
        return index.read(frame);
    }
}
