package io.prelim.dicom.stream;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import java.util.EnumSet;
import java.util.Set;

/** Keeps one read within its limits, and notes what it lets pass. */
final class Guard {
    private final ReadLimits limits;
    private final ByteSource source;
    private final Frames frames;
    private final EnumSet<Leniency> deviations = EnumSet.noneOf(Leniency.class);
    private int elements;

    Guard(ReadLimits limits, ByteSource source, Frames frames) {
        this.limits = limits;
        this.source = source;
        this.frames = frames;
    }

    Set<Leniency> deviations() {
        return deviations;
    }

    /** Counts an element, item or fragment. */
    void count(int tag) throws MalformedInput {
        if (++elements > limits.maxElements()) {
            throw malformed(Kind.LIMIT, "more elements than allowed", tag, elements);
        }
    }

    /** Checks that one more sequence may open. */
    void depth(int tag) throws MalformedInput {
        if (frames.depth() >= limits.maxDepth()) {
            throw malformed(Kind.LIMIT, "sequences nested too deep", tag, frames.depth() + 1L);
        }
    }

    /** Checks that a value may be kept in memory. */
    void valueLength(int tag, long length) throws MalformedInput {
        if (length > limits.maxElementBytes()) {
            throw malformed(Kind.LIMIT, "value longer than allowed", tag, length);
        }
    }

    void tolerate(Leniency leniency, String what, int tag, long amount) throws MalformedInput {
        if (!limits.tolerated().contains(leniency)) {
            throw malformed(Kind.STRUCTURE, what, tag, amount);
        }
        deviations.add(leniency);
    }

    MalformedInput malformed(Kind kind, String what, int tag, long amount) {
        return new MalformedInput(kind, what, source.offset(), frames.path(tag), amount);
    }
}
