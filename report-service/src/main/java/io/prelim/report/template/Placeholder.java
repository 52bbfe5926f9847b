package io.prelim.report.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may stand in braces inside a line of a template; there is nothing else. */
public enum Placeholder {
    /** Of the images, in words. */
    MODALITY,
    /** (0018,0015) of the images, lower case. */
    BODY_PART,
    /** (0018,5101) of the images. */
    VIEWS,
    /** How many images. */
    IMAGES,
    /** How many series. */
    SERIES,
    /** The mapped procedure, by its meaning. */
    PROCEDURE;

    /** As templates write it, without braces. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Placeholder> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
