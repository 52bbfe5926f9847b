package io.prelim.report.render;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The frame of a report for people in one language, from {@code labels*.properties}; English where a language has no file. */
public final class Labels {
    private final ResourceBundle labels;

    private Labels(ResourceBundle labels) {
        this.labels = labels;
    }

    /** @param language BCP 47 */
    public static Labels in(String language) {
        return new Labels(ResourceBundle.getBundle(
                Labels.class.getPackageName() + ".labels",
                Locale.forLanguageTag(language),
                Labels.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    public String of(String key) {
        return labels.getString(key);
    }

    /** @param arguments text; numbers are handed in as they shall be shown */
    public String of(String key, String... arguments) {
        return new MessageFormat(labels.getString(key), Locale.ROOT).format(arguments);
    }
}
