package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.object.FunctionalGroups;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.pixel.read.Manifest;
import io.prelim.dicom.pixel.read.Tool;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every frame of the corpus that is decoded is shown; the first one of a file beside DCMTK's picture of it, by the same window, with
 * overlays, before pixels are made square.
 */
@org.junit.jupiter.api.Tag("full")
class RenderedCorpusTest {
    private enum Outcome {
        /** A level apart in the mean, at most. */
        AGREE,
        DIFFER,
        /** DCMTK makes no picture of it by its own window: it reads no JPEG 2000 and no functional groups, among others. */
        NO_REFERENCE,
        /** Decoded, and not shown. */
        REFUSED,
        /** No pixel data, or none that is decoded: see {@code FramesCorpusTest}. */
        NO_FRAMES
    }

    private static final String PADDING = "pixels of -2000 are padding: DCMTK's range counts them in";

    private static final Map<String, String> DIFFERENT = Map.of(
            "malformed_real/fodicom/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_ELE_undefinded_length.dcm", PADDING,
            "malformed_real/fodicom/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm", PADDING,
            "valid/dicomparser/CT1_UNC.explicit_big_endian.dcm", PADDING,
            "valid/dicomparser/CT1_UNC.fragmented_bot_jpeg_ls.80.dcm", PADDING,
            "valid/dicomparser/CT1_UNC.fragmented_no_bot_jpeg_ls.80.dcm", PADDING,
            "valid/dicomparser/CT1_UNC.implicit_little_endian.dcm", PADDING,
            "malformed_real/fodicom/GH195.dcm",
                    "JFIF, whose colours are YBR, in a data set that says RGB, which DCMTK believes unless told +ca",
            "malformed_real/fodicom/GH610.dcm", "modality values below 0.002, which DCMTK rounds to whole numbers");

    @TempDir
    private Path folder;

    @Test
    void everyFrameIsShownAndTheFirstAsDcmtkShowsIt() throws IOException, InterruptedException {
        Map<Outcome, Set<String>> outcomes = new TreeMap<>();
        for (Manifest.Row row : Manifest.rows()) {
            Outcome outcome = outcome(row);
            outcomes.computeIfAbsent(outcome, any -> new TreeSet<>()).add(row.name());
        }
        Map<Outcome, Integer> counts = new TreeMap<>();
        outcomes.forEach((outcome, names) -> counts.put(outcome, names.size()));
        System.out.println("pictures beside DCMTK: " + counts);

        assertThat(outcomes.get(Outcome.DIFFER)).isEqualTo(DIFFERENT.keySet());
        assertThat(counts)
                .isEqualTo(Map.of(
                        Outcome.AGREE, 129,
                        Outcome.DIFFER, 8,
                        Outcome.NO_REFERENCE, 25,
                        Outcome.NO_FRAMES, 98));
    }

    private Outcome outcome(Manifest.Row row) throws IOException, InterruptedException {
        DicomFile file;
        FrameReader reader;
        Frame first;
        try (InputStream in = Files.newInputStream(row.file())) {
            file = DicomFile.read(in, ReadLimits.DEFAULT);
            reader = FrameReader.of(file, PixelLimits.DEFAULT);
            first = reader.frame(0);
        } catch (MalformedInput e) {
            return Outcome.NO_FRAMES;
        }
        FrameRenderer renderer = new FrameRenderer(file.dataSet());
        Picture picture;
        try {
            picture = renderer.picture(first, 0, Rendering.DEFAULT);
            for (int i = 0; i < reader.image().frames(); i++) {
                Frame frame = i == 0 ? first : decoded(reader, i);
                if (frame != null) {
                    show(renderer, frame, i);
                }
            }
        } catch (MalformedInput e) {
            System.out.println("not shown " + row.name() + ": " + e.getMessage());
            return Outcome.REFUSED;
        }
        Raster reference = reference(row.file(), file, picture.bands());
        if (reference == null) {
            return Outcome.NO_REFERENCE;
        }
        double difference = difference(picture, reference);
        if (difference > 1) {
            System.out.printf("%s: %.1f levels apart%n", row.name(), difference);
        }
        return difference <= 1 ? Outcome.AGREE : Outcome.DIFFER;
    }

    private static Frame decoded(FrameReader reader, int number) throws IOException {
        try {
            return reader.frame(number);
        } catch (MalformedInput e) {
            return null;
        }
    }

    private static void show(FrameRenderer renderer, Frame frame, int number) throws MalformedInput {
        BufferedImage whole = renderer.render(frame, number, Rendering.DEFAULT);
        assertThat(whole.getWidth()).isGreaterThanOrEqualTo(frame.image().columns());
        assertThat(whole.getHeight()).isGreaterThanOrEqualTo(frame.image().rows());
        BufferedImage thumbnail = renderer.render(frame, number, Rendering.THUMBNAIL);
        assertThat(Math.max(thumbnail.getWidth(), thumbnail.getHeight())).isEqualTo(128);
    }

    private Raster reference(Path path, DicomFile file, int bands) throws IOException, InterruptedException {
        String syntax = file.transferSyntax().uid();
        boolean jpegLs = syntax.equals(Uid.JPEG_LS_LOSSLESS) || syntax.equals(Uid.JPEG_LS_NEAR_LOSSLESS);
        Path picture = folder.resolve("picture.png");
        Files.deleteIfExists(picture);
        List<String> arguments = new ArrayList<>(List.of("-q", "+on"));
        if (bands == 1) {
            arguments.addAll(window(file.dataSet()));
        }
        arguments.add(path.toString());
        arguments.add(picture.toString());
        int exit = Tool.exit("dcmtk", jpegLs ? "dcml2pnm" : "dcmj2pnm", arguments.toArray(String[]::new));
        return exit == 0 && Files.size(picture) > 0
                ? ImageIO.read(picture.toFile()).getRaster()
                : null;
    }

    /** The same that is shown here by default. */
    private static List<String> window(DataSet dataSet) throws MalformedInput {
        DataSet group = new FunctionalGroups(dataSet).frame(0).macroOrImage(Tag.FRAME_VOI_LUT_SEQUENCE);
        VoiTransform voi = VoiTransform.first(group, true);
        if (voi == null) {
            return List.of("+Wm");
        }
        return List.of(voi instanceof VoiTransform.Table ? "+Wl" : "+Wi", "1");
    }

    private static double difference(Picture picture, Raster reference) {
        assertThat(reference.getWidth()).isEqualTo(picture.width());
        assertThat(reference.getHeight()).isEqualTo(picture.height());
        long sum = 0;
        for (int i = 0; i < picture.levels().length; i++) {
            int pixel = i / picture.bands();
            int band = Math.min(i % picture.bands(), reference.getNumBands() - 1);
            int level = reference.getSample(pixel % picture.width(), pixel / picture.width(), band);
            sum += Math.abs((picture.levels()[i] & 0xFF) - level);
        }
        return sum / (double) picture.levels().length;
    }
}
