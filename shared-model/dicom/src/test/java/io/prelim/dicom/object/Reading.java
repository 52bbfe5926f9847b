package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a reader made of one file, element by element, in a form that two readers' can be compared in.
 *
 * @param refused why the file was refused, null when it was read
 * @param lines by path, such as {@code 00081032[1].00080100}
 * @param deviations what this module let pass; empty for another reader
 */
record Reading(String refused, Map<String, Line> lines, Set<Leniency> deviations) {
    /**
     * One element.
     *
     * @param vr the value representation, or several that a reader leaves open
     * @param size bytes of a value, or items of a sequence
     * @param digest SHA-256 of the value, little endian; empty for sequences
     * @param text the text of a value under its character set, or its whole numbers; null where the reader gave none
     */
    record Line(String vr, int size, String digest, String text) {}

    /** How this module reads a file. */
    static Reading own(Path path) throws IOException {
        try {
            DicomFile file = DicomFile.read(new ByteArrayInputStream(Files.readAllBytes(path)), ReadLimits.DEFAULT);
            Map<String, Line> lines = new LinkedHashMap<>();
            lines(file.fileMeta(), "", lines);
            lines(file.dataSet(), "", lines);
            return new Reading(null, lines, file.deviations());
        } catch (MalformedInput e) {
            return new Reading(e.getMessage(), Map.of(), Set.of());
        }
    }

    private static void lines(DataSet dataSet, String prefix, Map<String, Line> lines) {
        for (Element element : dataSet.elements()) {
            String path = prefix + String.format("%08X", element.tag());
            String vr = element.vr().toString();
            if (element instanceof SequenceElement sequence) {
                lines.put(path, new Line(vr, sequence.items().size(), "", null));
                for (int i = 0; i < sequence.items().size(); i++) {
                    lines(sequence.items().get(i), path + "[" + (i + 1) + "].", lines);
                }
            } else if (element instanceof FragmentsElement fragments) {
                byte[] bytes = bytes(fragments);
                lines.put(path, new Line(vr, bytes.length, sha256(bytes), ""));
            } else if (element instanceof ValueElement value) {
                boolean shown = value.vr().charsetDependent()
                        || (value.vr().kind() == VR.Kind.NUMBER
                                && value.vr() != VR.FL
                                && value.vr() != VR.FD
                                && value.vr() != VR.AT);
                String text = shown ? String.join("\\", dataSet.strings(value.tag())) : "";
                lines.put(path, new Line(vr, value.length(), sha256(value.bytes()), text));
            }
        }
    }

    private static byte[] bytes(FragmentsElement element) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] fragment : element.fragments()) {
            ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            header.putShort((short) Tag.group(Tag.ITEM)).putShort((short) Tag.element(Tag.ITEM));
            out.writeBytes(header.putInt(fragment.length).array());
            out.writeBytes(fragment);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
