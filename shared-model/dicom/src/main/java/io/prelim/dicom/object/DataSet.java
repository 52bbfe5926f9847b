package io.prelim.dicom.object;

import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.encoding.Values;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A data set: elements in ascending order of tag. Values stay bytes until they are asked for. Not safe for use by several
 * threads while one changes it.
 *
 * <p>The getters answer what is there and never throw for a value that is absent, empty or not of the form it should have:
 * text gives null, numbers the caller's default, lists are empty.
 */
public final class DataSet {
    private static final Element[] NONE = {};

    /** A (0008,0005) and what it says. */
    private record Named(ValueElement element, SpecificCharacterSet charset) {}

    private Element[] elements = NONE;
    private int size;
    private SpecificCharacterSet inherited = SpecificCharacterSet.DEFAULT;
    /** Kept because each text and each item asks for it. */
    private Named named;
    /** The data set it is an item in, or null. */
    private DataSet holder;

    /** An empty data set whose text is in the default character set unless it names another. */
    public DataSet() {}

    /** An empty data set whose text is in the character set given unless it names another: an item of what is in that one. */
    public DataSet(SpecificCharacterSet inherited) {
        this.inherited = inherited;
    }

    /** Elements in this data set, items not counted. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The elements in ascending order of tag: a view. */
    public List<Element> elements() {
        return new AbstractList<>() {
            @Override
            public Element get(int index) {
                if (index >= size) {
                    throw new IndexOutOfBoundsException(index);
                }
                return elements[index];
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    public boolean contains(int tag) {
        return find(tag) >= 0;
    }

    /** The element, or null. */
    public Element element(int tag) {
        int at = find(tag);
        return at < 0 ? null : elements[at];
    }

    /** The value's bytes with their padding, or null; not a copy. */
    public byte[] bytes(int tag) {
        return element(tag) instanceof ValueElement value ? value.bytes() : null;
    }

    /** The first value as text without padding, or null when absent or empty. Numbers come as decimal text. */
    public String string(int tag) {
        List<String> values = strings(tag);
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    /** All values as text without padding. */
    public List<String> strings(int tag) {
        if (!(element(tag) instanceof ValueElement value)) {
            return List.of();
        }
        VR vr = resolve(value);
        return switch (vr.kind()) {
            case TEXT ->
                Values.strings(
                        value.bytes(), vr, vr.charsetDependent() ? characterSet() : SpecificCharacterSet.DEFAULT);
            case NUMBER ->
                Values.numbers(value.bytes(), vr, Dependent.lutDescriptor(tag)).stream()
                        .map(number -> Values.text(number, vr))
                        .toList();
            case BYTES, SEQUENCE -> List.of();
        };
    }

    /** The first value as an integer, or the default when absent, empty or not a whole number that fits. */
    public int integer(int tag, int absent) {
        List<String> values = strings(tag);
        return values.isEmpty() ? absent : Values.integer(values.get(0), absent);
    }

    /** All values as numbers; empty when any of them is none. */
    public List<Double> decimals(int tag) {
        return Values.decimals(strings(tag));
    }

    /** The items of a sequence, empty when absent. */
    public List<DataSet> items(int tag) {
        return element(tag) instanceof SequenceElement sequence
                ? sequence.items().stream().map(SequenceElement.Item::dataSet).toList()
                : List.of();
    }

    /** Puts an element in place of any of the same tag. */
    public DataSet put(Element element) {
        int at = find(element.tag());
        if (at >= 0) {
            elements[at] = element;
        } else {
            insert(-at - 1, element);
        }
        return this;
    }

    /** Puts elements in any order, of equal tags the last: as one by one, but in one go. */
    public DataSet putAll(Collection<? extends Element> others) {
        Element[] all = Arrays.copyOf(elements, size + others.size());
        int count = size;
        boolean ascending = true;
        for (Element element : others) {
            ascending &= count == 0 || Integer.compareUnsigned(all[count - 1].tag(), element.tag()) < 0;
            all[count++] = element;
        }
        elements = all;
        size = count;
        if (!ascending) {
            sort(true);
        }
        return this;
    }

    /** Sorts what was appended; of equal tags the last or the first stays. */
    private void sort(boolean last) {
        Arrays.sort(elements, 0, size, (a, b) -> Integer.compareUnsigned(a.tag(), b.tag()));
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || elements[kept - 1].tag() != elements[i].tag()) {
                elements[kept++] = elements[i];
            } else if (last) {
                elements[kept - 1] = elements[i];
            }
        }
        Arrays.fill(elements, kept, size, null);
        size = kept;
    }

    /** Puts text under the dictionary's value representation, in the data set's character set. */
    public DataSet putString(int tag, String... values) {
        return putString(tag, Dictionary.standard().vr(tag), values);
    }

    public DataSet putString(int tag, VR vr, String... values) {
        SpecificCharacterSet charset = vr.charsetDependent() ? characterSet() : SpecificCharacterSet.DEFAULT;
        return put(new ValueElement(tag, vr, Values.pad(charset.encode(String.join("\\", values)), vr)));
    }

    /** Puts whole numbers under the dictionary's value representation: US, SS, UL, SL, AT, or IS. */
    public DataSet putInteger(int tag, int... values) {
        return putInteger(tag, Dependent.resolve(tag, this), values);
    }

    public DataSet putInteger(int tag, VR vr, int... values) {
        if (vr.kind() == VR.Kind.TEXT) {
            return putString(
                    tag, vr, Arrays.stream(values).mapToObj(Integer::toString).toArray(String[]::new));
        }
        return put(new ValueElement(tag, vr, Values.integers(vr, values)));
    }

    /** Puts decimals under the dictionary's value representation: DS, FL or FD. */
    public DataSet putDecimal(int tag, double... values) {
        VR vr = Dictionary.standard().vr(tag);
        if (vr.kind() == VR.Kind.TEXT) {
            return putString(
                    tag,
                    vr,
                    Arrays.stream(values).mapToObj(Values::decimalString).toArray(String[]::new));
        }
        return put(new ValueElement(tag, vr, Values.floats(vr, values)));
    }

    /** Puts bytes, filled to even length; numbers among them must be little endian. The array is kept, not copied. */
    public DataSet putBytes(int tag, VR vr, byte[] bytes) {
        return put(new ValueElement(tag, vr, Values.pad(bytes, vr)));
    }

    /** Puts a sequence, written with undefined lengths. */
    public DataSet putSequence(int tag, DataSet... items) {
        return put(sequence(tag, List.of(items)));
    }

    /** A sequence for this data set, still to be put: its items become items in it. */
    public SequenceElement sequence(int tag, List<DataSet> items) {
        for (DataSet item : items) {
            item.adopt(characterSet());
            item.holder = this;
        }
        return new SequenceElement(
                tag,
                VR.SQ,
                items.stream().map(item -> new SequenceElement.Item(item, true)).toList(),
                true);
    }

    /** Puts encapsulated pixel data: an offset table, which may be empty, and the fragments. */
    public DataSet putFragments(int tag, List<byte[]> fragments) {
        return put(new FragmentsElement(
                tag,
                VR.OB,
                fragments.stream().map(fragment -> Values.pad(fragment, VR.OB)).toList()));
    }

    /** Takes an element out, if it is there. */
    public DataSet remove(int tag) {
        int at = find(tag);
        if (at >= 0) {
            System.arraycopy(elements, at + 1, elements, at, size - at - 1);
            elements[--size] = null;
        }
        return this;
    }

    /** The character set its text is in: its own (0008,0005), else that of the data set which holds it. */
    public SpecificCharacterSet characterSet() {
        if (!(element(Tag.SPECIFIC_CHARACTER_SET) instanceof ValueElement value)) {
            return inherited;
        }
        Named known = named;
        if (known == null || known.element() != value) {
            known = new Named(
                    value, SpecificCharacterSet.of(Values.strings(value.bytes(), VR.CS, SpecificCharacterSet.DEFAULT)));
            named = known;
        }
        return known.charset();
    }

    /** Becomes an item in a data set: what it does not say itself, its holder says. */
    void within(DataSet holding) {
        holder = holding;
        inherited = holding.characterSet();
    }

    DataSet holder() {
        return holder;
    }

    /** Becomes part of a data set in another character set: text already put is encoded anew, unless it names its own. */
    private void adopt(SpecificCharacterSet charset) {
        if (inherited.equals(charset) || contains(Tag.SPECIFIC_CHARACTER_SET)) {
            return;
        }
        SpecificCharacterSet before = inherited;
        inherited = charset;
        for (int i = 0; i < size; i++) {
            if (elements[i] instanceof ValueElement value && value.vr().charsetDependent()) {
                byte[] bytes = value.bytes();
                byte[] anew = Values.pad(charset.encode(before.decode(bytes, 0, bytes.length)), value.vr());
                elements[i] = new ValueElement(value.tag(), value.vr(), anew);
            } else if (elements[i] instanceof SequenceElement sequence) {
                sequence.items().forEach(item -> item.dataSet().adopt(charset));
            }
        }
    }

    /** Appends, if the tag comes after all that are there. */
    boolean append(Element element) {
        if (size > 0 && Integer.compareUnsigned(elements[size - 1].tag(), element.tag()) >= 0) {
            return false;
        }
        insert(size, element);
        return true;
    }

    /** Inserts unless the tag is there already: reading keeps the first of two. */
    boolean add(Element element) {
        int at = find(element.tag());
        if (at >= 0) {
            return false;
        }
        insert(-at - 1, element);
        return true;
    }

    /** Inserts what came out of order, in one go; whether no tag was there already. */
    boolean addAll(List<Element> late) {
        int whole = size + late.size();
        elements = Arrays.copyOf(elements, whole);
        for (Element element : late) {
            elements[size++] = element;
        }
        sort(false);
        return size == whole;
    }

    /** What UN hides the dictionary tells; any other representation stands. */
    private VR resolve(ValueElement value) {
        return value.vr() == VR.UN ? Dependent.resolve(value.tag(), this) : value.vr();
    }

    private void insert(int at, Element element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(4, size + (size >> 1)));
        }
        System.arraycopy(elements, at, elements, at + 1, size - at);
        elements[at] = element;
        size++;
    }

    private int find(int tag) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(elements[middle].tag(), tag);
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

    /** Shows tags and lengths, no value: values may identify a patient. */
    @Override
    public String toString() {
        return "DataSet" + elements();
    }
}
