package io.prelim.ingest.web.wado;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.pixel.codec.FrameDecoder;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.web.dicom.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an object that is stored in one transfer syntax is sent in another. The web has neither Implicit VR nor Big Endian (PS3.18 section
 * 8.7.3.5.2); nothing is ever encoded with a codec, so that nothing is lost.
 */
enum Form {
    /** Byte for byte. */
    AS_STORED,
    /** A deflated data set's bytes, inflated. */
    INFLATED,
    /** Elements as they are, each under an explicit representation in little endian. */
    EXPLICIT,
    /** The same with its frames decoded. */
    DECODED;

    static final String DICOM = "application/dicom";
    private static final Set<String> NOT_ON_THE_WEB = Set.of(Uid.IMPLICIT_VR_LITTLE_ENDIAN, Uid.EXPLICIT_VR_BIG_ENDIAN);

    /** Empty when it cannot be had so. @param wanted a transfer syntax UID */
    static Optional<Form> of(Kind stored, String wanted) {
        String uid = stored.transferSyntaxUid();
        TransferSyntax syntax = TransferSyntax.of(uid);
        if (NOT_ON_THE_WEB.contains(wanted)) {
            return Optional.empty();
        }
        if (wanted.equals(uid)) {
            return Optional.of(AS_STORED);
        }
        if (!wanted.equals(Uid.EXPLICIT_VR_LITTLE_ENDIAN)) {
            return Optional.empty();
        }
        if (uid.equals(Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
            return Optional.of(INFLATED);
        }
        if (syntax.deflated()) {
            return Optional.empty(); // pixels that are elsewhere
        }
        if (!syntax.encapsulated()) {
            return Optional.of(EXPLICIT);
        }
        if (!stored.pixels()) {
            return Optional.of(AS_STORED); // explicit and little endian, as all of these are but for pixel data
        }
        return FrameDecoder.transferSyntaxes().contains(uid) ? Optional.of(DECODED) : Optional.empty();
    }

    /** What an instance is offered as (PS3.18 section 10.4.4). @param single whether it may also come as a body of its own */
    static List<Offer> offers(Kind stored, boolean single) {
        List<Offer> offers = new ArrayList<>();
        for (boolean multipart : single ? new boolean[] {true, false} : new boolean[] {true}) {
            String uid = stored.transferSyntaxUid();
            of(stored, Uid.EXPLICIT_VR_LITTLE_ENDIAN)
                    .ifPresent(form -> offers.add(
                            new Offer(DICOM, multipart, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, form == AS_STORED)));
            if (!uid.equals(Uid.EXPLICIT_VR_LITTLE_ENDIAN) && !NOT_ON_THE_WEB.contains(uid)) {
                offers.add(new Offer(DICOM, multipart, uid, false, true));
            }
        }
        return offers;
    }
}
