package io.prelim.dicom.object;

import com.sun.management.ThreadMXBean;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files one after the other in a process of its own, and tells of each what became of it, in how long, at what cost. */
final class MeasuredReading {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MeasuredReading() {}

    /** Prints a line a file: path, outcome, bytes, bytes allocated in reading it, milliseconds of reading, decoding, writing. */
    public static void main(String[] files) throws IOException {
        for (int i = 0; i < 200; i++) {
            measure(Path.of(files[0]));
        }
        for (String file : files) {
            System.out.println(measure(Path.of(file)));
        }
    }

    private static String measure(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        String outcome = "ACCEPTED";
        long begin = System.nanoTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long allocated = 0;
        try {
            DicomFile file = DicomFile.read(new ByteArrayInputStream(bytes), ReadLimits.DEFAULT);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            decode(file.dataSet());
            file.write(OutputStream.nullOutputStream());
        } catch (MalformedInput e) {
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            outcome = e.kind().name();
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        return String.join(
                "\t", path.toString(), outcome, "" + bytes.length, Long.toString(allocated), Long.toString(millis));
    }

    private static void decode(DataSet dataSet) {
        for (Element element : dataSet.elements()) {
            dataSet.strings(element.tag());
            dataSet.items(element.tag()).forEach(MeasuredReading::decode);
        }
    }
}
