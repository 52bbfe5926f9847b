package io.prelim.ingest.web.wado;

import static java.util.Map.entry;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.pixel.codec.FrameDecoder;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.web.dicom.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** In which forms frames are offered (PS3.18 section 8.7.3.3): unencoded, and as they are stored. */
final class FrameOffers {
    static final String BYTES = "application/octet-stream";

    /** PS3.18 tables 8.7.3-3 to 8.7.3-5. */
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            entry(Uid.JPEG_BASELINE, "image/jpeg"),
            entry(Uid.JPEG_EXTENDED, "image/jpeg"),
            entry(Uid.JPEG_LOSSLESS, "image/jpeg"),
            entry(Uid.JPEG_LOSSLESS_FIRST_ORDER, "image/jpeg"),
            entry(Uid.JPEG_LS_LOSSLESS, "image/jls"),
            entry(Uid.JPEG_LS_NEAR_LOSSLESS, "image/jls"),
            entry(Uid.JPEG_2000_LOSSLESS, "image/jp2"),
            entry(Uid.JPEG_2000, "image/jp2"),
            entry("1.2.840.10008.1.2.4.92", "image/jpx"),
            entry("1.2.840.10008.1.2.4.93", "image/jpx"),
            entry(Uid.HTJ2K_LOSSLESS, "image/jphc"),
            entry(Uid.HTJ2K_LOSSLESS_RPCL, "image/jphc"),
            entry(Uid.HTJ2K, "image/jphc"),
            entry("1.2.840.10008.1.2.4.110", "image/jxl"),
            entry("1.2.840.10008.1.2.4.111", "image/jxl"),
            entry("1.2.840.10008.1.2.4.112", "image/jxl"),
            entry(Uid.RLE_LOSSLESS, "image/dicom-rle"));

    private FrameOffers() {}

    /**
     * The offers of an object's frames. A client that names a media type alone, and no transfer syntax, gets what is stored of that type
     * whichever it is, and is told which: the standard's default would be encoded anew.
     *
     * @param transferSyntaxUid it is stored in
     * @param single            whether a frame may be a body of its own: one frame only
     */
    static List<Offer> of(String transferSyntaxUid, boolean single) {
        TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
        boolean[] forms = single ? new boolean[] {true, false} : new boolean[] {true};
        List<Offer> offers = new ArrayList<>();
        boolean decoded =
                !syntax.encapsulated() || FrameDecoder.transferSyntaxes().contains(transferSyntaxUid);
        for (boolean multipart : forms) {
            if (decoded) {
                offers.add(new Offer(BYTES, multipart, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, !syntax.encapsulated()));
            }
        }
        if (syntax.encapsulated()) {
            String mediaType = MEDIA_TYPES.get(transferSyntaxUid);
            for (boolean multipart : forms) {
                if (mediaType != null) {
                    offers.add(new Offer(mediaType, multipart, transferSyntaxUid, true, true));
                }
                offers.add(new Offer(BYTES, multipart, transferSyntaxUid, false, true));
            }
        }
        return offers;
    }
}
