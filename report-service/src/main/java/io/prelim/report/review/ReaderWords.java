package io.prelim.report.review;

import io.prelim.events.Phi;

/** Words of a reader: one sentence or a few, on one line. */
public final class ReaderWords {
    /** Characters, at most. */
    public static final int LONGEST = 1_000;

    private ReaderWords() {}

    /**
     * The words without blanks around them.
     *
     * @throws UnusableReview if there are none, too many, or characters that do not show (controls, line breaks, direction overrides)
     */
    public static Phi<String> checked(String parameter, Phi<String> words) {
        if (words == null || words.reveal().isBlank()) {
            throw new UnusableReview(parameter, "must be given");
        }
        String text = words.reveal().strip();
        if (text.length() > LONGEST) {
            throw new UnusableReview(parameter, "must have at most " + LONGEST + " characters");
        }
        if (!text.codePoints().allMatch(ReaderWords::shown)) {
            throw new UnusableReview(parameter, "must be on one line, without control or formatting characters");
        }
        return Phi.of(text);
    }

    private static boolean shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
