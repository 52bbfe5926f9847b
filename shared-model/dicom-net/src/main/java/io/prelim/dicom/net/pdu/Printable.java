package io.prelim.dicom.net.pdu;

/** Makes texts a peer chose fit for logs and comparison: printable ASCII without surrounding blanks. */
public final class Printable {
    private Printable() {}

    /** The text without surrounding blanks and NULs; any other character outside 20 to 7E becomes a question mark. */
    public static String of(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && blank(text.charAt(start))) {
            start++;
        }
        while (end > start && blank(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder printable = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            printable.append(c >= ' ' && c < 0x7F ? c : '?');
        }
        return printable.toString();
    }

    private static boolean blank(char c) {
        return c == ' ' || c == 0;
    }
}
