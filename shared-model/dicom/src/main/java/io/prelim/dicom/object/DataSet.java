package io.prelim.dicom.object;

import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.dicom.encoding.Values;
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
public final class DataSet extends SortedElements implements Surroundings {
    private Surroundings surroundings;

    /** An empty data set whose text is in the default character set unless it names another. */
    public DataSet() {
        surroundings = Surroundings.DEFAULT;
    }

    /** An empty data set whose text is in the character set given unless it names another: an item of what is in that one. */
    public DataSet(SpecificCharacterSet inherited) {
        surroundings = new Outermost(inherited);
    }

    /** An empty item, read in a data set. */
    DataSet(DataSet holder, boolean delimited) {
        surroundings = holder;
        delimited(delimited);
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
        return element(tag) instanceof SequenceElement sequence ? sequence.items() : List.of();
    }

    /** The first item of a sequence, null when there is none. */
    public DataSet item(int tag) {
        List<DataSet> items = items(tag);
        return items.isEmpty() ? null : items.get(0);
    }

    /** Puts an element in place of any of the same tag. */
    public DataSet put(Element element) {
        set(element);
        return this;
    }

    /** Puts elements in any order, of equal tags the last: as one by one, but in one go. */
    public DataSet putAll(Collection<? extends Element> others) {
        setAll(others);
        return this;
    }

    /** Puts text under the dictionary's value representation, in the data set's character set. */
    public DataSet putString(int tag, String... values) {
        return putString(tag, Dictionary.standard().vr(tag), values);
    }

    public DataSet putString(int tag, VR vr, String... values) {
        SpecificCharacterSet charset = vr.charsetDependent() ? characterSet() : SpecificCharacterSet.DEFAULT;
        return put(ValueElement.of(tag, vr, Values.pad(charset.encode(String.join("\\", values)), vr)));
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
        return put(ValueElement.of(tag, vr, Values.integers(vr, values)));
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
        return put(ValueElement.of(tag, vr, Values.floats(vr, values)));
    }

    /** Puts bytes, filled to even length; numbers among them must be little endian. The array is kept, not copied. */
    public DataSet putBytes(int tag, VR vr, byte[] bytes) {
        return put(ValueElement.of(tag, vr, Values.pad(bytes, vr)));
    }

    /** Puts a sequence, written with undefined lengths. */
    public DataSet putSequence(int tag, DataSet... items) {
        return put(sequence(tag, List.of(items)));
    }

    /** A sequence for this data set, still to be put: its items become items in it. */
    public SequenceElement sequence(int tag, List<DataSet> items) {
        items.forEach(this::take);
        return new SequenceElement(tag, VR.SQ, items, true);
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
        takeOut(tag);
        return this;
    }

    /** The character set its text is in: its own (0008,0005), else that of the data set which holds it. */
    @Override
    public SpecificCharacterSet characterSet() {
        return element(Tag.SPECIFIC_CHARACTER_SET) instanceof ValueElement.CharacterSet named
                ? named.charset()
                : surroundings.characterSet();
    }

    /** The data set it is an item in, or null. */
    DataSet holder() {
        return surroundings instanceof DataSet holder ? holder : null;
    }

    /** Makes a data set an item in this one; text already put into it is encoded anew, unless it names its character set. */
    private void take(DataSet item) {
        SpecificCharacterSet before = item.characterSet();
        item.surroundings = this;
        item.delimited(true);
        SpecificCharacterSet now = item.characterSet();
        if (!now.equals(before)) {
            item.encodeAnew(before, now);
        }
    }

    private void encodeAnew(SpecificCharacterSet before, SpecificCharacterSet now) {
        for (int i = 0; i < size(); i++) {
            if (at(i) instanceof ValueElement value && value.vr().charsetDependent()) {
                byte[] bytes = value.bytes();
                byte[] anew = Values.pad(now.encode(before.decode(bytes, 0, bytes.length)), value.vr());
                replace(i, ValueElement.of(value.tag(), value.vr(), anew));
            } else if (at(i) instanceof SequenceElement sequence) {
                sequence.items().stream()
                        .filter(item -> !item.contains(Tag.SPECIFIC_CHARACTER_SET))
                        .forEach(item -> item.encodeAnew(before, now));
            }
        }
    }

    /** What UN hides the dictionary tells; any other representation stands. */
    private VR resolve(ValueElement value) {
        return value.vr() == VR.UN ? Dependent.resolve(value.tag(), this) : value.vr();
    }

    /** Shows tags and lengths, no value: values may identify a patient. */
    @Override
    public String toString() {
        return "DataSet" + elements();
    }
}
