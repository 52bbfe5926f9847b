package io.prelim.ingest.web.wado;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.pixel.render.FrameRenderer;
import io.prelim.dicom.pixel.render.PictureFormat;
import io.prelim.dicom.pixel.render.Rendering;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.web.dicom.Admission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Draws frames, so many at a time as may be decoded. Thumbnails are kept, those last asked for, up to {@code prelim.dicom-web.thumbnail-cache}:
 * by parts, whose bytes never change. Whoever takes one has seen that the instance may be shown.
 */
@ApplicationScoped
class Renderer {
    /** Of an entry, beside its picture. */
    private static final int OVERHEAD = 256;

    private record Kept(UUID headerPart, int frame, Picture picture) {}

    /**
     * How a frame is to be drawn.
     *
     * @param quality of JPEG, 1 to 100
     */
    record Picture(PictureFormat format, Rendering rendering, int quality) {}

    private final Reading reading;
    private final long most;
    private final Map<Kept, byte[]> thumbnails = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Renderer(Reading reading, IngestConfig config) {
        this.reading = reading;
        this.most = config.dicomWeb().thumbnailCache().asLongValue();
    }

    /**
     * @param frame from 0, or -1 for the middle one
     * @throws NotFoundException when there are no pixels, or no such frame
     * @throws io.prelim.dicom.core.MalformedInput when it cannot be drawn
     */
    byte[] draw(OpenInstance open, int frame, Picture picture) throws IOException {
        if (open.instance().kind().damaged()) {
            throw StoredParts.gone();
        }
        if (open.pixelData() == null) {
            throw new NotFoundException();
        }
        FrameReader frames = open.frames();
        int number = frame < 0 ? (frames.image().frames() - 1) / 2 : frame;
        if (number >= frames.image().frames()) {
            throw new NotFoundException();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Admission.Decoding decoding = reading.admission().decode()) {
            Frame decoded = frames.frame(number);
            picture.format()
                    .write(
                            new FrameRenderer(open.header().dataSet()).render(decoded, number, picture.rendering()),
                            picture.quality(),
                            out);
        }
        return out.toByteArray();
    }

    /** The same, from those that are kept where it is among them. */
    byte[] thumbnail(OpenInstance open, int frame, Picture picture) throws IOException {
        if (open.instance().kind().damaged()) {
            throw StoredParts.gone();
        }
        Kept key = new Kept(open.instance().header().reference().partId(), frame, picture);
        byte[] kept = kept(key);
        if (kept == null) {
            kept = draw(open, frame, picture);
            keep(key, kept);
        }
        return kept;
    }

    private synchronized byte[] kept(Kept key) {
        return thumbnails.get(key);
    }

    private synchronized void keep(Kept key, byte[] thumbnail) {
        if (thumbnail.length + OVERHEAD > most || thumbnails.put(key, thumbnail) != null) {
            return;
        }
        bytes += thumbnail.length + OVERHEAD;
        var eldest = thumbnails.entrySet().iterator();
        while (bytes > most) {
            bytes -= eldest.next().getValue().length + OVERHEAD;
            eldest.remove();
        }
    }
}
