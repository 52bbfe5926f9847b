package io.prelim.report.draft;

/**
 * Text from outside, made safe to show on one line: control and formatting characters (terminal escapes, line breaks, direction
 * overrides) become blanks, runs of blanks become one, and length is bounded.
 */
public final class PlainText {
    /** Characters kept of one text. */
    public static final int MAX_LENGTH = 1000;

    private PlainText() {}

    /** Never null; empty for null. */
    public static String of(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        boolean blank = true;
        for (int i = 0; i < text.length() && plain.length() < MAX_LENGTH; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (shown(c)) {
                plain.appendCodePoint(c);
                blank = false;
            } else if (!blank) {
                plain.append(' ');
                blank = true;
            }
        }
        return plain.toString().strip();
    }

    private static boolean shown(int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return false;
        }
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
    }
}
