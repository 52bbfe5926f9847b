package io.prelim.dicom.bench;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.dictionary.DictionaryEntry;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.Header;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a receiver's thread spends on the header of a CT image: some 150 elements, four sequences among them, up to pixel
 * data. Run by {@code deploy/bench/header}; the aim is 30 µs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeaderBenchmark {
    private static final int ELEMENTS = 150;

    @Param({Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN})
    public String transferSyntax;

    private TransferSyntax syntax;
    private byte[] object;

    @Setup
    public void write() throws IOException {
        syntax = TransferSyntax.of(transferSyntax);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(ct(), syntax, out);
        object = out.toByteArray();
    }

    private static DataSet ct() {
        DataSet code = new DataSet()
                .putString(Tag.CODE_VALUE, "77477000")
                .putString(Tag.CODING_SCHEME_DESIGNATOR, "SCT")
                .putString(Tag.CODE_MEANING, "Computed tomography");
        DataSet reference = new DataSet()
                .putString(Tag.REFERENCED_SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.826.0.1.3680043.8.498.12345678901234567890");
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .putSequence(Tag.PROCEDURE_CODE_SEQUENCE, code)
                .putSequence(Tag.REFERENCED_STUDY_SEQUENCE, reference)
                .putSequence(0x00081140, reference, reference)
                .putSequence(Tag.REQUEST_ATTRIBUTES_SEQUENCE, new DataSet().putString(0x00400007, "CT Thorax"));
        Collection<DictionaryEntry> dictionary = Dictionary.standard().entries();
        for (DictionaryEntry entry : dictionary) {
            boolean usual = Tag.group(entry.tag()) == 0x08
                    || Tag.group(entry.tag()) == 0x10
                    || Tag.group(entry.tag()) == 0x18
                    || Tag.group(entry.tag()) == 0x20
                    || Tag.group(entry.tag()) == 0x28;
            if (usual && !entry.retired() && dataSet.size() < ELEMENTS && entry.tag() % 3 != 0) {
                put(dataSet, entry.tag(), entry.vr());
            }
        }
        return dataSet.putBytes(Tag.PIXEL_DATA, VR.OW, new byte[512 * 512 * 2]);
    }

    private static void put(DataSet dataSet, int tag, VR vr) {
        switch (vr) {
            case UI -> dataSet.putString(tag, "1.2.826.0.1.3680043.8.498.12345678901234567890");
            case DA -> dataSet.putString(tag, "20260102");
            case TM -> dataSet.putString(tag, "101112.123456");
            case DS -> dataSet.putString(tag, "-123.456", "0.7421875");
            case IS -> dataSet.putString(tag, "120");
            case CS -> dataSet.putString(tag, "ORIGINAL", "PRIMARY");
            case PN -> dataSet.putString(tag, "Doe^Jane");
            case US, SS -> dataSet.putInteger(tag, vr, 512);
            case FD -> dataSet.putDecimal(tag, 0.5);
            case LO, SH, LT, ST -> dataSet.putString(tag, "Some text of usual length");
            default -> {
                // others are rare in the header of a CT image
            }
        }
    }

    @Benchmark
    public Header header() throws IOException {
        return DataSetReader.readHeader(new ByteArrayInputStream(object), syntax, ReadLimits.DEFAULT);
    }
}
