package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.stream.TokenReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A DICOM file (PS3.10 section 7): preamble, file meta information, data set. */
public final class DicomFile {
    private static final int PREAMBLE = 128;
    private static final int HEAD = PREAMBLE + 4;

    private final byte[] preamble;
    private final DataSet fileMeta;
    private final DataSet dataSet;
    private final TransferSyntax transferSyntax;
    private final Set<Leniency> deviations;

    private DicomFile(
            byte[] preamble,
            DataSet fileMeta,
            DataSet dataSet,
            TransferSyntax transferSyntax,
            Set<Leniency> deviations) {
        this.preamble = preamble;
        this.fileMeta = fileMeta;
        this.dataSet = dataSet;
        this.transferSyntax = transferSyntax;
        this.deviations = Set.copyOf(deviations);
    }

    /** Whether the bytes begin with a preamble and the prefix {@code DICM}; give at least 132. */
    public static boolean isDicom(byte[] head) {
        return head.length >= HEAD
                && head[PREAMBLE] == 'D'
                && head[PREAMBLE + 1] == 'I'
                && head[PREAMBLE + 2] == 'C'
                && head[PREAMBLE + 3] == 'M';
    }

    /** A file of a data set, with file meta information made from it and a preamble of zeros. */
    public static DicomFile of(DataSet dataSet, TransferSyntax syntax) {
        DataSet meta = meta(dataSet.string(Tag.SOP_CLASS_UID), dataSet.string(Tag.SOP_INSTANCE_UID), syntax);
        return new DicomFile(new byte[PREAMBLE], meta, dataSet, syntax, Set.of());
    }

    /**
     * Writes the head of a file (PS3.10 section 7.1) whose data set follows from elsewhere: a preamble of zeros, the prefix and file meta
     * information.
     */
    public static void writeHead(String sopClassUid, String sopInstanceUid, TransferSyntax syntax, OutputStream out)
            throws IOException {
        writeHead(new byte[PREAMBLE], meta(sopClassUid, sopInstanceUid, syntax), out);
    }

    private static DataSet meta(String sopClassUid, String sopInstanceUid, TransferSyntax syntax) {
        DataSet meta = new DataSet()
                .putBytes(Tag.FILE_META_INFORMATION_VERSION, VR.OB, new byte[] {0, 1})
                .putString(Tag.TRANSFER_SYNTAX_UID, syntax.uid())
                .putString(Tag.IMPLEMENTATION_CLASS_UID, Uid.IMPLEMENTATION_CLASS)
                .putString(Tag.IMPLEMENTATION_VERSION_NAME, Uid.IMPLEMENTATION_VERSION);
        putUid(meta, Tag.MEDIA_STORAGE_SOP_CLASS_UID, sopClassUid);
        putUid(meta, Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, sopInstanceUid);
        return meta;
    }

    private static void putUid(DataSet meta, int tag, String uid) {
        if (uid != null) {
            meta.putString(tag, uid);
        }
    }

    /**
     * Reads a whole file, pixel data and all.
     *
     * @throws MalformedInput when the bytes break the standard or a limit
     */
    public static DicomFile read(InputStream in, ReadLimits limits) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        byte[] head = buffered.readNBytes(HEAD);
        buffered.mark(2);
        boolean meta = buffered.read() == 2 && buffered.read() == 0;
        buffered.reset();
        // four letters that happen to stand at byte 128 of a bare data set are no prefix
        if (isDicom(head) && (meta || !couldBeDataSet(head))) {
            return read(
                    Arrays.copyOf(head, PREAMBLE),
                    buffered,
                    EnumSet.noneOf(Leniency.class),
                    TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                    limits);
        }
        if (!limits.tolerated().contains(Leniency.MISSING_FILE_META) || !couldBeDataSet(head)) {
            throw new MalformedInput(Kind.STRUCTURE, "not a DICOM file", 0, "", head.length);
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), buffered);
        return read(
                new byte[0],
                new BufferedInputStream(whole),
                EnumSet.of(Leniency.MISSING_FILE_META),
                bigEndian(head) ? TransferSyntax.EXPLICIT_VR_BIG_ENDIAN : TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                limits);
    }

    private static DicomFile read(
            byte[] preamble, InputStream in, Set<Leniency> deviations, TransferSyntax bare, ReadLimits limits)
            throws IOException {
        TokenReader reader = TokenReader.ofFileMeta(in, limits);
        DataSet meta = new DataSet();
        DataSetReader.read(reader, meta, false);
        String uid = meta.string(Tag.TRANSFER_SYNTAX_UID);
        if (uid == null && !limits.tolerated().contains(Leniency.MISSING_FILE_META)) {
            throw new MalformedInput(
                    Kind.STRUCTURE, "no transfer syntax", reader.offset(), Tag.toString(Tag.TRANSFER_SYNTAX_UID), -1);
        }
        if (uid == null) {
            deviations.add(Leniency.MISSING_FILE_META);
        }
        // without a word on it the default transfer syntax holds (PS3.5 section 10.1); the reader sees when it does not
        TransferSyntax syntax = uid == null ? bare : TransferSyntax.of(uid);
        reader.continueWith(syntax);
        DataSet dataSet = new DataSet();
        DataSetReader.read(reader, dataSet, false);
        deviations.addAll(reader.deviations());
        return new DicomFile(preamble, meta, dataSet, syntax, deviations);
    }

    /** Without a preamble, a data set or file meta information starts with a low even group. */
    private static boolean couldBeDataSet(byte[] head) {
        boolean littleEndian = head.length >= 8 && (head[0] == 2 || head[0] == 8) && head[1] == 0 && head[3] == 0;
        return littleEndian || bigEndian(head);
    }

    /** Group 0008, high byte first, and two letters that name a value representation: there is no implicit big endian. */
    private static boolean bigEndian(byte[] head) {
        return head.length >= 8 && head[0] == 0 && head[1] == 8 && head[2] == 0 && VR.of(head[4], head[5]) != null;
    }

    /** Writes preamble, file meta information and data set; the meta information's group length is made anew. */
    public void write(OutputStream out) throws IOException {
        writeHead(preamble, fileMeta, out);
        DataSetWriter.write(dataSet, transferSyntax, out);
    }

    private static void writeHead(byte[] preamble, DataSet meta, OutputStream out) throws IOException {
        if (preamble.length > 0) {
            out.write(preamble);
            out.write(new byte[] {'D', 'I', 'C', 'M'});
        }
        if (!meta.isEmpty()) {
            meta.remove(Tag.FILE_META_INFORMATION_GROUP_LENGTH);
            meta.put(ValueElement.of(Tag.FILE_META_INFORMATION_GROUP_LENGTH, VR.UL, Values.integers(VR.UL, (int)
                    DataSetWriter.length(meta, true))));
            DataSetWriter.write(meta, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
        }
    }

    /** Group 0002. */
    public DataSet fileMeta() {
        return fileMeta;
    }

    public DataSet dataSet() {
        return dataSet;
    }

    /** The syntax the meta information names; Implicit VR Little Endian when it names none. */
    public TransferSyntax transferSyntax() {
        return transferSyntax;
    }

    /** Departures from the standard that were let pass in reading. */
    public Set<Leniency> deviations() {
        return deviations;
    }
}
