package io.prelim.testkit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a document that is made from the code: it stands between the lines {@code <!-- generated NAME -->} and
 * {@code <!-- end NAME -->}. With {@code -Dprelim.docs.write=true} the part is written anew; otherwise it must be what the code says.
 */
public final class GeneratedText {
    private GeneratedText() {}

    /**
     * @param document below the project's folder
     * @param generated lines, the last with its line end
     * @throws AssertionError when the document says otherwise
     */
    public static void check(String document, String name, String generated) throws IOException {
        Path file = Path.of(System.getProperty("prelim.root")).resolve(document);
        String text = Files.readString(file);
        String opening = "<!-- generated " + name + " -->\n";
        int begin = text.indexOf(opening) + opening.length();
        int end = text.indexOf("<!-- end " + name + " -->\n");
        if (!text.contains(opening) || end < begin) {
            throw new AssertionError(document + " has no part " + name);
        }
        if (Boolean.getBoolean("prelim.docs.write")) {
            Files.writeString(file, text.substring(0, begin) + generated + text.substring(end));
        } else if (!text.substring(begin, end).equals(generated)) {
            throw new AssertionError(document + " does not say in " + name
                    + " what the code does; -Dprelim.docs.write=true writes it anew:\n" + generated);
        }
    }
}
