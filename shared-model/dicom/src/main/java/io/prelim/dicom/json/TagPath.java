package io.prelim.dicom.json;

import io.prelim.dicom.core.Tag;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where in a data set one stands, and tags as DICOM JSON writes them. */
final class TagPath {
    private final StringBuilder path = new StringBuilder();
    private final Deque<Integer> lengths = new ArrayDeque<>();

    /** Goes into an item of a sequence, numbered from 1. */
    void enter(int tag, int item) {
        lengths.push(path.length());
        path.append(Tag.toString(tag)).append('[').append(item).append("].");
    }

    void leave() {
        path.setLength(lengths.pop());
    }

    /** Sequences entered. */
    int depth() {
        return lengths.size();
    }

    /** The path to a tag from here. */
    String to(int tag) {
        return path + Tag.toString(tag);
    }

    /** The eight upper case digits of a tag. */
    static String hex(int tag) {
        char[] digits = new char[8];
        for (int i = 0; i < 8; i++) {
            digits[i] = Character.toUpperCase(Character.forDigit(tag >>> (28 - 4 * i) & 0xF, 16));
        }
        return new String(digits);
    }

    /** Whether the text is eight upper case digits. */
    static boolean isHex(String text) {
        if (text.length() != 8) {
            return false;
        }
        for (int i = 0; i < 8; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'F')) {
                return false;
            }
        }
        return true;
    }
}
