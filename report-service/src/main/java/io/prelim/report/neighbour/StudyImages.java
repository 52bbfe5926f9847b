package io.prelim.report.neighbour;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import io.prelim.report.settings.ReportSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Images of a study, from ingest's DICOMweb service (PS3.18). */
@ApplicationScoped
public class StudyImages {
    private static final int MOST_METADATA = 64 << 20;
    private static final int MOST_FRAME = 64 << 20;

    /** More of a study are not listed. */
    private static final int MOST = 5_000;

    private static final Set<String> GREY = Set.of("MONOCHROME1", "MONOCHROME2");

    private final Neighbour images;

    StudyImages(ReportSettings settings) {
        this.images = new Neighbour(
                "The image service",
                settings.images().url(),
                settings.images().token(),
                settings.images().timeout());
    }

    /**
     * Those that can be shown, by series and instance number.
     *
     * @throws Unanswered where they cannot be had
     */
    public List<Image> of(String studyInstanceUid) {
        byte[] metadata =
                images.get("/studies/" + studyInstanceUid + "/metadata", "application/dicom+json", MOST_METADATA);
        List<Image> shown = new ArrayList<>();
        try (JsonParser parser = EventJson.mapper().createParser(metadata)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw unreadable();
            }
            // a header at a time: a study has thousands
            while (parser.nextToken() == JsonToken.START_OBJECT && shown.size() < MOST) {
                image(EventJson.mapper().readTree(parser), shown);
            }
        } catch (IOException e) {
            throw unreadable();
        }
        shown.sort(Comparator.comparingInt(Image::seriesNumber)
                .thenComparing(Image::seriesInstanceUid)
                .thenComparingInt(Image::instanceNumber)
                .thenComparing(Image::sopInstanceUid));
        return shown;
    }

    private static void image(JsonNode header, List<Image> shown) {
        Header of = new Header(header);
        int rows = of.integer("00280010", 0);
        int columns = of.integer("00280011", 0);
        int bits = of.integer("00280100", 0);
        // segmentations are overlays, not images
        if (rows < 1 || columns < 1 || "SEG".equals(of.text("00080060")) || !header.has("7FE00010")) {
            return;
        }
        String photometric = of.text("00280004");
        boolean grey = photometric != null && GREY.contains(photometric) && (bits == 8 || bits == 16);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < 8 && of.number("00281050", i) != null && of.number("00281051", i) != null; i++) {
            windows.add(new Window(of.number("00281050", i), of.number("00281051", i)));
        }
        Double slope = of.number("00281053", 0);
        Double intercept = of.number("00281052", 0);
        shown.add(new Image(
                of.text("0020000E"),
                of.text("00080018"),
                of.integer("00200011", 0),
                of.integer("00200013", 0),
                Math.max(1, of.integer("00280008", 1)),
                rows,
                columns,
                grey,
                bits,
                of.integer("00280101", bits),
                of.integer("00280103", 0) == 1,
                "MONOCHROME1".equals(photometric),
                slope == null || slope == 0 ? 1 : slope,
                intercept == null ? 0 : intercept,
                windows,
                of.text("00080060"),
                of.text("00185101"),
                of.text("00200062"),
                of.text("00180015"),
                of.number("00280030", 0),
                of.number("00280030", 1)));
    }

    /**
     * The samples of a grey frame as stored: rows × columns of 8 bits, or 16 little endian, before the modality LUT.
     *
     * @param frame from 1
     * @throws Unanswered where they cannot be had
     */
    public byte[] samples(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid, int frame) {
        return images.get(
                frame(studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame),
                "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1",
                MOST_FRAME);
    }

    /** A frame as a picture, PNG; as {@link #samples}. */
    public byte[] picture(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid, int frame) {
        return images.get(
                frame(studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame) + "/rendered",
                "image/png",
                MOST_FRAME);
    }

    private static String frame(String study, String series, String instance, int frame) {
        return "/studies/" + study + "/series/" + series + "/instances/" + instance + "/frames/" + frame;
    }

    private static Unanswered unreadable() {
        return new Unanswered(502, "The image service answered what cannot be read.");
    }

    /** One header as DICOM JSON (PS3.18 annex F), by tag. */
    private record Header(JsonNode json) {
        private JsonNode value(String tag, int index) {
            return json.path(tag).path("Value").path(index);
        }

        String text(String tag) {
            String text = value(tag, 0).asText("");
            return text.isEmpty() ? null : text;
        }

        int integer(String tag, int other) {
            return value(tag, 0).asInt(other);
        }

        /** Null where there is none. */
        Double number(String tag, int index) {
            JsonNode value = value(tag, index);
            double number = value.asDouble(Double.NaN);
            return Double.isFinite(number) ? (Double) number : null;
        }
    }

    /** In units after the modality LUT. */
    public record Window(double center, double width) {}

    /**
     * An image, without identity.
     *
     * @param frames        1 or more
     * @param grey          whether its samples can be had; else it is a picture
     * @param bitsAllocated 8 or 16 where it is grey
     * @param signed        whether samples are two's complement
     * @param inverted      whether low values are bright (MONOCHROME1)
     * @param slope         of the modality LUT
     * @param windows       none where the header does not say
     * @param viewPosition  such as {@code PA}; null, as what follows, where the header does not say
     * @param rowSpacing    mm from row to row
     */
    public record Image(
            String seriesInstanceUid,
            String sopInstanceUid,
            int seriesNumber,
            int instanceNumber,
            int frames,
            int rows,
            int columns,
            boolean grey,
            int bitsAllocated,
            int bitsStored,
            boolean signed,
            boolean inverted,
            double slope,
            double intercept,
            List<Window> windows,
            String modality,
            String viewPosition,
            String laterality,
            String bodyPart,
            Double rowSpacing,
            Double columnSpacing) {}
}
