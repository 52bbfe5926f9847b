package io.prelim.inference.interpret;

import io.prelim.events.Finding.ImageReference;
import java.util.Map;

/**
 * What the model put out for one image.
 *
 * @param outputs by output name, values in row-major order; not to be changed
 */
public record ImageScores(ImageReference image, Map<String, float[]> outputs) {
    public ImageScores {
        outputs = Map.copyOf(outputs);
    }
}
