package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
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

/** What a frame of 2048 x 2048 samples costs to decode. Run by {@code deploy/bench/jpegls}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JpegLsBenchmark {
    private static final int SIDE = 2048;

    @Param({"8", "12", "16"})
    public int bits;

    @Param({"SCAN", "EDGES"})
    public String kind;

    @Param({"0", "2"})
    public int near;

    private byte[] stream;

    @Setup
    public void encode() throws MalformedInput {
        int[] samples = Images.valueOf(kind).of(SIDE, SIDE, 1, (1 << bits) - 1);
        stream = new JpegLsEncoder().precision(bits).near(near).encode(SIDE, SIDE, 1, samples);
    }

    @Benchmark
    public JpegLsImage decode() throws MalformedInput {
        return JpegLsDecoder.decode(stream, JpegLsLimits.DEFAULT);
    }
}
