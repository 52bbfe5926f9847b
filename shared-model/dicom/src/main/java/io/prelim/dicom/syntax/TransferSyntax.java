package io.prelim.dicom.syntax;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.dictionary.UidEntry;
import io.prelim.dicom.dictionary.UidRegistry;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the bytes of a data set are laid out (PS3.5 section 10 and annex A), as a value.
 *
 * @param uid the transfer syntax UID
 * @param byteOrder order of the bytes of a number
 * @param explicitVr whether each element names its value representation
 * @param filter what lies between the plain layout and the bytes
 */
public record TransferSyntax(String uid, ByteOrder byteOrder, boolean explicitVr, Filter filter) {
    /** What is done to the plain layout. */
    public enum Filter {
        /** Nothing. */
        NONE,
        /** Pixel data is fragments of a codec's stream (PS3.5 annex A.4); all else is plain. */
        ENCAPSULATED,
        /** The whole data set is deflated (PS3.5 annex A.5). */
        DEFLATED
    }

    public static final TransferSyntax IMPLICIT_VR_LITTLE_ENDIAN =
            new TransferSyntax(Uid.IMPLICIT_VR_LITTLE_ENDIAN, ByteOrder.LITTLE_ENDIAN, false, Filter.NONE);
    public static final TransferSyntax EXPLICIT_VR_LITTLE_ENDIAN =
            new TransferSyntax(Uid.EXPLICIT_VR_LITTLE_ENDIAN, ByteOrder.LITTLE_ENDIAN, true, Filter.NONE);
    public static final TransferSyntax EXPLICIT_VR_BIG_ENDIAN =
            new TransferSyntax(Uid.EXPLICIT_VR_BIG_ENDIAN, ByteOrder.BIG_ENDIAN, true, Filter.NONE);
    public static final TransferSyntax DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN =
            new TransferSyntax(Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, ByteOrder.LITTLE_ENDIAN, true, Filter.DEFLATED);

    /** Registered syntaxes whose layout is not that of an encapsulated one. */
    private static final Map<String, TransferSyntax> PLAIN = List.of(
                    IMPLICIT_VR_LITTLE_ENDIAN,
                    EXPLICIT_VR_LITTLE_ENDIAN,
                    EXPLICIT_VR_BIG_ENDIAN,
                    DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
                    deflated(Uid.JPIP_REFERENCED_DEFLATE),
                    deflated(Uid.JPIP_HTJ2K_REFERENCED_DEFLATE))
            .stream()
            .collect(Collectors.toUnmodifiableMap(TransferSyntax::uid, Function.identity()));

    /** SMPTE ST 2110: real-time streams, in which nothing is stored (PS3.22). */
    private static final String REAL_TIME = "1.2.840.10008.1.2.7.";

    /**
     * What objects are stored in: every registered syntax that is not retired (PS3.6 annex A), the plain ones first; and big
     * endian, which is, last.
     */
    public static final List<String> STORAGE = Stream.of(
                    Stream.of(Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                    UidRegistry.standard().entries().stream()
                            .filter(entry -> entry.type().equals(UidEntry.TRANSFER_SYNTAX) && !entry.retired())
                            .map(UidEntry::uid)
                            .filter(uid -> !uid.startsWith(REAL_TIME)),
                    Stream.of(Uid.EXPLICIT_VR_BIG_ENDIAN))
            .flatMap(Function.identity())
            .distinct()
            .toList();

    /**
     * The syntax of a UID. What is not one of the plain ones is explicit VR little endian with encapsulated pixel data, as
     * every syntax since PS3.5 1993 has been (annex A.4), so that a codec unknown here still passes through.
     */
    public static TransferSyntax of(String uid) {
        TransferSyntax plain = PLAIN.get(uid);
        return plain != null ? plain : new TransferSyntax(uid, ByteOrder.LITTLE_ENDIAN, true, Filter.ENCAPSULATED);
    }

    private static TransferSyntax deflated(String uid) {
        return new TransferSyntax(uid, ByteOrder.LITTLE_ENDIAN, true, Filter.DEFLATED);
    }

    public boolean encapsulated() {
        return filter == Filter.ENCAPSULATED;
    }

    public boolean deflated() {
        return filter == Filter.DEFLATED;
    }

    public boolean bigEndian() {
        return byteOrder == ByteOrder.BIG_ENDIAN;
    }
}
