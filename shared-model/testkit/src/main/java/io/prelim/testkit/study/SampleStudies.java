package io.prelim.testkit.study;

import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sample studies of the local runner: {@link SyntheticRadiograph#SAMPLES}, one study each; the last has two images. */
public final class SampleStudies {
    private static final int COLUMNS = 1024;
    private static final int ROWS = 840;

    private SampleStudies() {}

    /**
     * @param name of the study's folder, such as {@code 4-pneumonia}
     * @param sample what its first image shows
     */
    public record SampleStudy(String name, String studyInstanceUid, Sample sample, List<DataSet> objects) {
        public SampleStudy {
            objects = List.copyOf(objects);
        }
    }

    /** Always the same studies. */
    public static List<SampleStudy> all() {
        SyntheticRadiograph source = SyntheticRadiograph.load();
        List<Sample> samples = SyntheticRadiograph.SAMPLES;
        List<SampleStudy> studies = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            StudyGenerator study = new StudyGenerator("sample " + (i + 1), SyntheticPatient.of(i + 1));
            List<DataSet> objects = new ArrayList<>();
            objects.add(study.radiograph(source, sample, 1, COLUMNS, ROWS));
            if (i == samples.size() - 1) {
                // a second exposure, of a collimation of its own
                objects.add(study.radiograph(source, samples.get(i - 1), 2, COLUMNS, ROWS - 40));
            }
            String kind = sample.kind().name().toLowerCase(Locale.ROOT);
            studies.add(new SampleStudy((i + 1) + "-" + kind, study.studyInstanceUid(), sample, objects));
        }
        return studies;
    }

    /** Writes every study as files {@code <folder>/<study>/<image>.dcm}, Explicit VR Little Endian; returns the folder. */
    public static Path write(Path folder) throws IOException {
        for (SampleStudy study : all()) {
            write(study.objects(), folder.resolve(study.name()));
        }
        return folder;
    }

    /** Writes objects as files {@code 1.dcm}, {@code 2.dcm} and so on; returns the folder. */
    public static Path write(List<DataSet> objects, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < objects.size(); i++) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve((i + 1) + ".dcm")))) {
                DicomFile.of(objects.get(i), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                        .write(out);
            }
        }
        return folder;
    }
}
