package io.prelim.dicom.pixel.locate;

import io.prelim.dicom.core.MalformedInput;
import java.io.IOException;
import java.util.List;

/** Where each frame lies. Not safe for use by several threads: what is found out on the way is kept. */
public sealed interface FrameIndex permits NativeFrames, EncapsulatedFrames {
    /**
     * The ranges whose bytes, one after the other, are the frame; of a code stream without item headers.
     *
     * @param frame from 0
     * @throws MalformedInput when it does not lie where it is said to, or not wholly there
     */
    List<ByteRange> ranges(int frame) throws IOException;

    /**
     * The frame's bytes: native samples, little endian and beginning with a whole byte, or the code stream.
     *
     * @throws MalformedInput as {@link #ranges}, and when there are more than a frame may have
     */
    byte[] read(int frame) throws IOException;
}
