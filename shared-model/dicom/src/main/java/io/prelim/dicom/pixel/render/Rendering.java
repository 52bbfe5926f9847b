package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;

/**
 * What a picture of a frame is to be. The quality of its encoding is said to {@link PictureFormat#write}.
 *
 * @param window in place of the image's own, or null; colours have none, and are shown as they are
 * @param viewport part and size, or null for the whole frame in its own size
 * @param overlays whether the image's overlays are burnt in
 */
public record Rendering(VoiTransform.Window window, Viewport viewport, boolean overlays) {
    /** As the image says it is shown, in its own size, with overlays. */
    public static final Rendering DEFAULT = new Rendering(null, null, true);

    /** The same, no larger than 128 × 128. */
    public static final Rendering THUMBNAIL = DEFAULT.withViewport(Viewport.fit(128, 128));

    public Rendering withWindow(VoiTransform.Window other) {
        return new Rendering(other, viewport, overlays);
    }

    public Rendering withViewport(Viewport other) {
        return new Rendering(window, other, overlays);
    }

    public Rendering withoutOverlays() {
        return new Rendering(window, viewport, false);
    }

    /**
     * This, changed as query parameters say (PS3.18 sections 8.3.5.1.3 and 8.3.5.1.4).
     *
     * @param windowParameter value of {@code window}, or null
     * @param viewportParameter value of {@code viewport}, or null
     * @throws MalformedInput when one of them is none (STRUCTURE), or the viewport too large (LIMIT)
     */
    public Rendering with(String windowParameter, String viewportParameter) throws MalformedInput {
        return new Rendering(
                windowParameter == null ? window : VoiTransform.Window.parse(windowParameter),
                viewportParameter == null ? viewport : Viewport.parse(viewportParameter),
                overlays);
    }
}
