package io.prelim.inference.analyze;

import io.prelim.inference.model.ModelManifest.Occlusion;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.runtime.ModelFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs a model over one tensor with one square of it covered at a time, and maps how much each score drops. */
final class OcclusionMaps {
    private final Occlusion how;
    private final SingleFrame frame;
    private final Explainer.Runs model;
    private final String output;
    private final InstantSource clock;

    /** @param output that the scores are read from */
    OcclusionMaps(Occlusion how, SingleFrame frame, Explainer.Runs model, String output, InstantSource clock) {
        this.how = how;
        this.frame = frame;
        this.model = model;
        this.output = output;
        this.clock = clock;
    }

    /**
     * @param scores  of the whole tensor
     * @param indices of the scores that are asked about
     * @return for each index a map of the tensor's width and height: the mean drop over the squares that covered a pixel; empty when there
     *     is no time for another run before the end
     */
    Optional<Map<Integer, float[]>> of(Tensor tensor, float[] scores, Set<Integer> indices, Instant end)
            throws ModelFailure, InterruptedException {
        int pixels = frame.width() * frame.height();
        Map<Integer, float[]> drops = new HashMap<>();
        indices.forEach(index -> drops.put(index, new float[pixels]));
        int[] covered = new int[pixels];
        Duration longest = Duration.ZERO;
        for (int down = 0; down < how.steps(frame.height()); down++) {
            for (int across = 0; across < how.steps(frame.width()); across++) {
                Instant begun = clock.instant();
                if (!begun.plus(longest).isBefore(end)) {
                    return Optional.empty();
                }
                int top = how.start(down, frame.height());
                int left = how.start(across, frame.width());
                float[] without =
                        model.of(covering(tensor, top, left)).outputs().get(output);
                drops.forEach((index, map) -> add(map, scores[index] - without[index], top, left));
                cover(covered, top, left);
                Duration taken = Duration.between(begun, clock.instant());
                longest = taken.compareTo(longest) > 0 ? taken : longest;
            }
        }
        for (float[] map : drops.values()) {
            for (int i = 0; i < map.length; i++) {
                map[i] /= covered[i];
            }
        }
        return Optional.of(drops);
    }

    private Tensor covering(Tensor tensor, int top, int left) {
        float[] values = tensor.values().clone();
        int channels = frame.colour().channels();
        boolean planes = frame.layout() == Layout.NCHW;
        int step = planes ? 1 : channels;
        for (int plane = 0; plane < (planes ? channels : 1); plane++) {
            for (int y = top; y < top + how.patch(); y++) {
                int from = ((plane * frame.height() + y) * frame.width() + left) * step;
                Arrays.fill(values, from, from + how.patch() * step, (float) how.value());
            }
        }
        return new Tensor(values, tensor.shape());
    }

    private void add(float[] map, float drop, int top, int left) {
        for (int y = top; y < top + how.patch(); y++) {
            for (int x = left; x < left + how.patch(); x++) {
                map[y * frame.width() + x] += drop;
            }
        }
    }

    private void cover(int[] covered, int top, int left) {
        for (int y = top; y < top + how.patch(); y++) {
            for (int x = left; x < left + how.patch(); x++) {
                covered[y * frame.width() + x]++;
            }
        }
    }
}
