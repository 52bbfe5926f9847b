package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.volume.SeveralStacks.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Judges planes: what all must have in common first, then positions, then what tells images at one position apart. */
final class Stacker {
    /** Numbers by their value, before what is none. */
    private static final Comparator<String> BY_VALUE =
            Comparator.<String>comparingDouble(Stacker::number).thenComparing(Comparator.naturalOrder());

    private final int least;

    Stacker(int least) {
        this.least = least;
    }

    Stacking judge(List<Plane> planes) {
        if (planes.size() < least) {
            return new NotAVolume.TooFewSlices(planes.size(), planes.size(), least);
        }
        NotAVolume unplaced = unplaced(planes);
        if (unplaced != null) {
            return unplaced;
        }
        Map<String, List<Plane>> named = by(Tag.STACK_ID, planes);
        Stacking apart = named.size() == 1 ? null : apart(Tag.STACK_ID, named);
        return apart == null ? judgeStack(planes) : apart;
    }

    private static NotAVolume unplaced(List<Plane> planes) {
        List<Plane> colour = planes.stream().filter(Plane::colour).toList();
        if (!colour.isEmpty()) {
            return new NotAVolume.Colour(colour.get(0).slice(), colour.size());
        }
        List<Plane> faults =
                planes.stream().filter(plane -> plane.fault() != null).toList();
        if (!faults.isEmpty()) {
            return new NotAVolume.NoGeometry(
                    faults.get(0).slice(), faults.get(0).fault(), faults.size());
        }
        return null;
    }

    /** Named stacks, each for itself; null where none of them is a volume. */
    private Stacking apart(int tag, Map<String, List<Plane>> named) {
        List<SeveralStacks.Stack> stacks = new ArrayList<>();
        named.forEach((value, planes) -> {
            Stacking answer = planes.size() < least
                    ? new NotAVolume.TooFewSlices(planes.size(), planes.size(), least)
                    : judgeStack(planes);
            add(stacks, new Key(tag, value), answer);
        });
        return severalOrNull(stacks);
    }

    private static Stacking severalOrNull(List<SeveralStacks.Stack> stacks) {
        boolean any = stacks.stream().anyMatch(stack -> stack.answer() instanceof Volume);
        return any ? new SeveralStacks(stacks) : null;
    }

    private static void add(List<SeveralStacks.Stack> stacks, Key key, Stacking answer) {
        if (answer instanceof SeveralStacks several) {
            for (SeveralStacks.Stack stack : several.stacks()) {
                List<Key> keys =
                        Stream.concat(Stream.of(key), stack.keys().stream()).toList();
                stacks.add(new SeveralStacks.Stack(keys, stack.answer()));
            }
        } else {
            stacks.add(new SeveralStacks.Stack(List.of(key), answer));
        }
    }

    private Stacking judgeStack(List<Plane> planes) {
        long frames = planes.stream()
                .map(plane -> plane.geometry().frameOfReferenceUid())
                .filter(uid -> !uid.isEmpty())
                .distinct()
                .count();
        if (frames > 1) {
            return new NotAVolume.FramesOfReferenceDiffer((int) frames);
        }
        NotAVolume turned = Orientations.judge(planes);
        if (turned != null) {
            return turned;
        }
        Alike sizes = Alike.of(planes, PlaneGeometry::sameSize);
        if (!sizes.all()) {
            return new NotAVolume.SizesDiffer(sizes.others());
        }
        Alike spacings = Alike.of(planes, PlaneGeometry::sameSpacing);
        if (!spacings.all()) {
            return new NotAVolume.SpacingsDiffer(spacings.others());
        }
        return split(Positions.of(planes, planes.get(0).geometry().normal()), keys(planes));
    }

    /** The attributes to try, in order, of those that any image has. */
    private static List<Integer> keys(List<Plane> planes) {
        TreeSet<Integer> dimensions = new TreeSet<>(Integer::compareUnsigned);
        planes.forEach(plane -> dimensions.addAll(plane.keys().keySet()));
        dimensions.removeAll(SplitKeys.BEFORE_DIMENSIONS);
        dimensions.removeAll(SplitKeys.AFTER_DIMENSIONS);
        dimensions.remove(Tag.STACK_ID);
        return Stream.of(SplitKeys.BEFORE_DIMENSIONS, dimensions, SplitKeys.AFTER_DIMENSIONS)
                .flatMap(tags -> tags.stream())
                .toList();
    }

    private Stacking split(Positions positions, List<Integer> keys) {
        if (positions.count() < least) {
            return new NotAVolume.TooFewSlices(positions.planes().size(), positions.count(), least);
        }
        if (positions.single()) {
            return Regularity.judge(positions.planes(), positions.normal());
        }
        for (int i = 0; i < keys.size(); i++) {
            int tag = keys.get(i);
            Map<String, List<Plane>> parts = by(tag, positions.planes());
            if (parts.size() > 1 && positions.toldApart(plane -> value(tag, plane))) {
                List<Integer> rest = keys.subList(i + 1, keys.size());
                Stacking several = parts(tag, parts, positions.normal(), rest);
                if (several != null) {
                    return several;
                }
            }
        }
        return new NotAVolume.Duplicates(positions.duplicates());
    }

    /** Null where one of the parts is a fragment, or none a volume: then the attribute is not what makes the stacks. */
    private Stacking parts(int tag, Map<String, List<Plane>> parts, Vector3 normal, List<Integer> rest) {
        List<SeveralStacks.Stack> stacks = new ArrayList<>();
        for (Map.Entry<String, List<Plane>> part : parts.entrySet()) {
            Positions positions = Positions.of(part.getValue(), normal);
            if (positions.count() < least) {
                return null;
            }
            add(stacks, new Key(tag, part.getKey()), split(positions, rest));
        }
        return severalOrNull(stacks);
    }

    private static Map<String, List<Plane>> by(int tag, List<Plane> planes) {
        Map<String, List<Plane>> parts = new TreeMap<>(BY_VALUE);
        planes.forEach(plane -> parts.computeIfAbsent(value(tag, plane), any -> new ArrayList<>())
                .add(plane));
        return parts;
    }

    private static String value(int tag, Plane plane) {
        return Objects.requireNonNullElse(plane.keys().get(tag), "");
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
