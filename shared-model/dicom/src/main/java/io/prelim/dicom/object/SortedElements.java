package io.prelim.dicom.object;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Elements in ascending order of tag, at the least cost for few of them: an item of one element needs no array. Items come by
 * the million where a sender wants to do harm, so each byte here counts.
 */
abstract sealed class SortedElements permits DataSet {
    private static final int DELIMITED = 1 << 31;

    /** Null, one {@link Element}, or an array of them with room at its end. */
    private Object content;
    /** How many, and in the highest bit whether a delimiter ends it as an item: one more field would take eight bytes. */
    private int sizeAndForm;

    /** Elements in this data set, items not counted. */
    public final int size() {
        return sizeAndForm & ~DELIMITED;
    }

    public final boolean isEmpty() {
        return size() == 0;
    }

    /** The elements in ascending order of tag: a view. */
    public final List<Element> elements() {
        return new AbstractList<>() {
            @Override
            public Element get(int index) {
                if (index < 0 || index >= size()) {
                    throw new IndexOutOfBoundsException(index);
                }
                return at(index);
            }

            @Override
            public int size() {
                return SortedElements.this.size();
            }
        };
    }

    public final boolean contains(int tag) {
        return find(tag) >= 0;
    }

    /** The element, or null. */
    public final Element element(int tag) {
        int at = find(tag);
        return at < 0 ? null : at(at);
    }

    /** Whether a delimiter ends it on the wire, as an item, rather than a length. */
    final boolean delimited() {
        return (sizeAndForm & DELIMITED) != 0;
    }

    final void delimited(boolean delimited) {
        sizeAndForm = delimited ? sizeAndForm | DELIMITED : size();
    }

    final Element at(int index) {
        return content instanceof Element[] many ? many[index] : (Element) content;
    }

    /** Puts another element of the same tag in its place. */
    final void replace(int index, Element element) {
        if (content instanceof Element[] many) {
            many[index] = element;
        } else {
            content = element;
        }
    }

    /** Puts it in, in place of any of the same tag. */
    final void set(Element element) {
        int at = find(element.tag());
        if (at >= 0) {
            replace(at, element);
        } else {
            insert(-at - 1, element);
        }
    }

    /** Puts them in, in any order, of equal tags the last: as one by one, but in one go. */
    final void setAll(Collection<? extends Element> others) {
        boolean ascending = true;
        for (Element element : others) {
            ascending &= appendAnyway(element);
        }
        if (!ascending) {
            sort(true);
        }
        trim();
    }

    /** Appends, if the tag comes after all that are there. */
    final boolean append(Element element) {
        if (!isEmpty() && Integer.compareUnsigned(at(size() - 1).tag(), element.tag()) >= 0) {
            return false;
        }
        insert(size(), element);
        return true;
    }

    /** Inserts unless the tag is there already: reading keeps the first of two. */
    final boolean add(Element element) {
        int at = find(element.tag());
        if (at >= 0) {
            return false;
        }
        insert(-at - 1, element);
        return true;
    }

    /** Inserts what came out of order, in one go; whether no tag was there already. */
    final boolean addAll(List<Element> late) {
        int whole = size() + late.size();
        late.forEach(this::appendAnyway);
        sort(false);
        return size() == whole;
    }

    /** Takes out the element of a tag, if it is there. */
    final void takeOut(int tag) {
        int at = find(tag);
        if (at < 0) {
            return;
        }
        sizeAndForm--;
        if (content instanceof Element[] many) {
            System.arraycopy(many, at + 1, many, at, size() - at);
            many[size()] = null;
        } else {
            content = null;
        }
    }

    /** Gives back the room for elements that are not to come. */
    final void trim() {
        // an odd number of references takes the room of the next even one
        if (content instanceof Element[] many && many.length > size() + 1) {
            content = Arrays.copyOf(many, size());
        }
    }

    /** Appends, whether or not it is in order; whether it is. */
    private boolean appendAnyway(Element element) {
        boolean ascending = isEmpty() || Integer.compareUnsigned(at(size() - 1).tag(), element.tag()) < 0;
        insert(size(), element);
        return ascending;
    }

    /** Sorts what was appended; of equal tags the last or the first stays. */
    private void sort(boolean last) {
        if (!(content instanceof Element[] many)) {
            return;
        }
        int whole = size();
        Arrays.sort(many, 0, whole, (a, b) -> Integer.compareUnsigned(a.tag(), b.tag()));
        int kept = 0;
        for (int i = 0; i < whole; i++) {
            if (kept == 0 || many[kept - 1].tag() != many[i].tag()) {
                many[kept++] = many[i];
            } else if (last) {
                many[kept - 1] = many[i];
            }
        }
        Arrays.fill(many, kept, whole, null);
        sizeAndForm -= whole - kept;
    }

    private void insert(int at, Element element) {
        int size = size();
        if (content == null) {
            content = element;
        } else {
            Element[] many = roomForOneMore(size);
            System.arraycopy(many, at, many, at + 1, size - at);
            many[at] = element;
        }
        sizeAndForm++;
    }

    private Element[] roomForOneMore(int size) {
        if (!(content instanceof Element[] many)) {
            Element[] two = {(Element) content, null};
            content = two;
            return two;
        }
        if (size < many.length) {
            return many;
        }
        // even, as objects are rounded to: 4, 6, 8, 12, 18
        Element[] more = Arrays.copyOf(many, size + Math.max(2, size / 4 * 2));
        content = more;
        return more;
    }

    private int find(int tag) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(at(middle).tag(), tag);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }
}
