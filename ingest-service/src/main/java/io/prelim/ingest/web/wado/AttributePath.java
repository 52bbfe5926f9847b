package io.prelim.ingest.web.wado;

import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.ValueElement;
import io.prelim.ingest.web.BadParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An attribute of an object as one segment of an address: its tag, in eight hexadecimal digits, behind those of the sequences that it lies
 * in, each with an item's number from 1, as in {@code 0040A730.2.0040A168}.
 *
 * @param tags  of the sequences from the outermost on, then the attribute's own
 * @param items one for each sequence
 */
record AttributePath(List<Integer> tags, List<Integer> items) {
    private static final Pattern FORM =
            Pattern.compile("[0-9A-Fa-f]{8}(?:\\.[1-9][0-9]{0,8}\\.[0-9A-Fa-f]{8}){0,1000}");

    AttributePath {
        tags = List.copyOf(tags);
        items = List.copyOf(items);
    }

    /** @throws BadParameter for what is none */
    static AttributePath parse(String text) {
        if (text.length() > 4096 || !FORM.matcher(text).matches()) {
            throw new BadParameter(
                    "attribute", "must be a tag of eight hexadecimal digits, in sequences as 0040A730.2.0040A168");
        }
        String[] pieces = text.split("\\.");
        List<Integer> tags = new ArrayList<>();
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 0) {
                tags.add(Integer.parseUnsignedInt(pieces[i], 16));
            } else {
                items.add(Integer.parseInt(pieces[i]));
            }
        }
        return new AttributePath(tags, items);
    }

    /** @param path as the JSON writer says it, such as {@code (0040,A730)[2].(0040,A168)} */
    static String ofTagPath(String path) {
        return path.replace("(", "")
                .replace(",", "")
                .replace(")[", ".")
                .replace("]", "")
                .replace(")", "");
    }

    /** Whether it is this attribute of the object itself. */
    boolean is(int tag) {
        return items.isEmpty() && tags.get(0) == tag;
    }

    /** The element, where it is there and has a value of its own. */
    Optional<ValueElement> find(DataSet object) {
        DataSet holder = object;
        for (int depth = 0; depth < items.size(); depth++) {
            List<DataSet> found = holder.items(tags.get(depth));
            if (items.get(depth) > found.size()) {
                return Optional.empty();
            }
            holder = found.get(items.get(depth) - 1);
        }
        return holder.element(tags.get(tags.size() - 1)) instanceof ValueElement value && value.length() > 0
                ? Optional.of(value)
                : Optional.empty();
    }
}
