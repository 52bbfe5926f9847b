package io.prelim.inference.model;

import io.prelim.dicom.pixel.render.VoiTransform;
import io.prelim.inference.model.Preparation.Box;
import io.prelim.inference.model.Preparation.Colour;
import io.prelim.inference.model.Preparation.CropPad;
import io.prelim.inference.model.Preparation.Intensity;
import io.prelim.inference.model.Preparation.Interpolation;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.Mode;
import io.prelim.inference.model.Preparation.Normalisation;
import io.prelim.inference.model.Preparation.Orientation;
import io.prelim.inference.model.Preparation.Percentile;
import io.prelim.inference.model.Preparation.Resize;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.model.Preparation.Spacing;
import io.prelim.inference.model.Preparation.Take;
import io.prelim.inference.model.Preparation.Towards;
import io.prelim.inference.model.Preparation.Volumetric;
import io.prelim.inference.model.Preparation.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code input.preparation} of a manifest: a list of steps, or the short form, and the layout and shape that follow from it. */
final class PreparationReader {
    /** The one order of steps, whatever the model. */
    static final List<String> ORDER =
            List.of("frames", "colour", "window", "invert", "resize", "resample", "intensity", "cropPad", "normalise");

    private static final List<String> OF_VOLUMES_ONLY = List.of("resample");
    private static final List<String> OF_FRAMES_ONLY = List.of("colour", "resize");

    private static final int MAX_SIDE = 4096;
    private static final int MAX_VOXEL_SIDE = 1024;
    private static final int MAX_VALUES = 1 << 27;
    private static final int MAX_SLICES = 10_000;
    private static final double MOST = 1e9;
    private static final double LEAST = 1e-9;
    private static final double LEAST_MM = 0.05;
    private static final double MOST_MM = 100;

    private final YamlNode input;
    private final Map<String, YamlNode> steps = new LinkedHashMap<>();

    private PreparationReader(YamlNode input) {
        this.input = input;
    }

    /** @param input holds {@code layout}, {@code shape} and {@code preparation} */
    static Preparation read(YamlNode input) throws BadPackage {
        PreparationReader reader = new PreparationReader(input);
        Preparation preparation = input.isList("preparation") ? reader.steps() : reader.shortForm();
        reader.checkShape(preparation.shape());
        return preparation;
    }

    private Preparation shortForm() throws BadPackage {
        input.word("layout", "NCHW");
        YamlNode preparation = input.object("preparation").only("kind", "colour", "resize", "intensity");
        preparation.word("kind", "single-frame");
        preparation.word("colour", "grey");
        YamlNode resize = preparation.object("resize").only("mode", "interpolation", "width", "height");
        resize.word("mode", "squash");
        resize.word("interpolation", "bilinear-antialias");
        int width = resize.integer("width", 1, MAX_SIDE);
        int height = resize.integer("height", 1, MAX_SIDE);
        YamlNode intensity = preparation.object("intensity").only("kind", "low", "high");
        intensity.word("kind", "percentile");
        return new SingleFrame(width, height, percentile(intensity));
    }

    private Preparation steps() throws BadPackage {
        String layout = input.word("layout", "NCHW", "NHWC", "NCDHW");
        boolean volume = layout.equals("NCDHW");
        int done = -1;
        for (YamlNode item : input.objects("preparation")) {
            String name = step(item, steps.size());
            int place = ORDER.indexOf(name);
            if (place <= done) {
                throw item.wrong(name, "stands too late, or twice; the order is " + String.join(", ", ORDER));
            }
            if ((volume ? OF_FRAMES_ONLY : OF_VOLUMES_ONLY).contains(name)) {
                throw item.wrong(name, "is no step to layout " + layout);
            }
            done = place;
            steps.put(name, item.object(name));
        }
        return volume ? volumetric() : singleFrame(Layout.valueOf(layout));
    }

    private String step(YamlNode item, int index) throws BadPackage {
        item.only(ORDER.toArray(String[]::new));
        List<String> names = ORDER.stream().filter(name -> !item.absent(name)).toList();
        if (names.size() != 1) {
            throw input.wrong("preparation[" + index + "]", "must be one step, not " + names.size());
        }
        return names.get(0);
    }

    private SingleFrame singleFrame(Layout layout) throws BadPackage {
        Optional<Resize> resize = read("resize", PreparationReader::resize);
        Optional<CropPad> cropPad = read("cropPad", PreparationReader::cropPad);
        if (cropPad.isEmpty()
                && resize.filter(size -> size.mode() == Mode.SQUASH).isEmpty()) {
            throw input.wrong("preparation", "gives the tensor no size: a resize that squashes or cropPad does");
        }
        Colour colour = read("colour", PreparationReader::colour).orElse(Colour.GREY);
        return new SingleFrame(
                read("frames", PreparationReader::take).orElse(Take.ONLY),
                colour,
                read("window", PreparationReader::window),
                invert(),
                resize,
                read("intensity", PreparationReader::intensity),
                cropPad,
                read("normalise", node -> normalisation(node, colour.channels())),
                layout);
    }

    private Volumetric volumetric() throws BadPackage {
        YamlNode frames = steps.get("frames");
        YamlNode box = steps.get("cropPad");
        if (frames == null || box == null) {
            throw input.wrong("preparation", "of layout NCDHW needs the steps frames and cropPad");
        }
        frames.only("take", "leastSlices", "orientation").word("take", "volume");
        box.only("depth", "height", "width", "value");
        return new Volumetric(
                frames.integer("leastSlices", 2, MAX_SLICES),
                frames.absent("orientation") ? Optional.empty() : Optional.of(orientation(frames)),
                read("window", node -> {
                    node.word("from", "fixed");
                    return fixed(node);
                }),
                invert(),
                read("resample", PreparationReader::spacing),
                read("intensity", PreparationReader::intensity),
                new Box(
                        box.integer("depth", 1, MAX_VOXEL_SIDE),
                        box.integer("height", 1, MAX_VOXEL_SIDE),
                        box.integer("width", 1, MAX_VOXEL_SIDE),
                        fill(box)),
                read("normalise", node -> normalisation(node, 1)));
    }

    /** The batch axis may be left out: it is always 1 here. */
    private void checkShape(long[] shape) throws BadPackage {
        long values = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (values > MAX_VALUES) {
            throw input.wrong("shape", "has " + values + " values, at most " + MAX_VALUES + " are made");
        }
        List<Integer> made = Arrays.stream(shape).mapToObj(Math::toIntExact).toList();
        List<Integer> declared = input.integers("shape", 1, MAX_SIDE);
        if (!declared.equals(made) && !declared.equals(made.subList(1, made.size()))) {
            throw input.wrong(
                    "shape",
                    "must be " + made.subList(1, made.size()) + ", as the preparation makes it, not " + declared);
        }
    }

    private interface Step<T> {
        T read(YamlNode node) throws BadPackage;
    }

    private <T> Optional<T> read(String name, Step<T> step) throws BadPackage {
        YamlNode node = steps.get(name);
        return node == null ? Optional.empty() : Optional.of(step.read(node));
    }

    private static Take take(YamlNode frames) throws BadPackage {
        return Take.valueOf(frames.only("take")
                .word("take", "only", "first", "middle", "all")
                .toUpperCase(Locale.ROOT));
    }

    private static Colour colour(YamlNode colour) throws BadPackage {
        return Colour.valueOf(colour.only("to").word("to", "grey", "rgb").toUpperCase(Locale.ROOT));
    }

    private static Window window(YamlNode window) throws BadPackage {
        switch (window.word("from", "fixed", "object", "percentile")) {
            case "fixed":
                return new Preparation.FixedWindow(fixed(window));
            case "object":
                window.only("from");
                return new Preparation.ObjectWindow();
            default:
                return percentile(window.only("from", "low", "high"));
        }
    }

    /** A linear window counts values and has one at least (PS3.3 section C.11.2.1.2.1). */
    private static VoiTransform.Window fixed(YamlNode window) throws BadPackage {
        window.only("from", "centre", "width", "function");
        String function = window.absent("function")
                ? "linear-exact"
                : window.word("function", "linear", "linear-exact", "sigmoid");
        return new VoiTransform.Window(
                window.number("centre", -MOST, MOST),
                window.number("width", function.equals("linear") ? 1 : LEAST, MOST),
                VoiTransform.Function.valueOf(function.replace('-', '_').toUpperCase(Locale.ROOT)));
    }

    private boolean invert() throws BadPackage {
        YamlNode invert = steps.get("invert");
        if (invert != null) {
            invert.only("when").word("when", "monochrome1");
        }
        return invert != null;
    }

    private static Resize resize(YamlNode resize) throws BadPackage {
        resize.only("mode", "interpolation", "width", "height");
        return new Resize(
                Mode.valueOf(resize.word("mode", "squash", "contain", "cover").toUpperCase(Locale.ROOT)),
                Interpolation.valueOf(
                        resize.word("interpolation", "nearest", "bilinear", "bicubic", "bilinear-antialias")
                                .replace('-', '_')
                                .toUpperCase(Locale.ROOT)),
                resize.integer("width", 1, MAX_SIDE),
                resize.integer("height", 1, MAX_SIDE));
    }

    private static Spacing spacing(YamlNode resample) throws BadPackage {
        resample.only("interpolation", "depth", "height", "width").word("interpolation", "trilinear");
        return new Spacing(
                resample.number("depth", LEAST_MM, MOST_MM),
                resample.number("height", LEAST_MM, MOST_MM),
                resample.number("width", LEAST_MM, MOST_MM));
    }

    private static Orientation orientation(YamlNode frames) throws BadPackage {
        String letters = frames.text("orientation");
        if (!letters.matches("(?=.*[LR])(?=.*[AP])(?=.*[SI])[LRAPSI]{3}")) {
            throw frames.wrong("orientation", "must be three letters, of L or R, A or P, S or I one each, such as LPS");
        }
        return new Orientation(
                Towards.valueOf(letters.substring(0, 1)),
                Towards.valueOf(letters.substring(1, 2)),
                Towards.valueOf(letters.substring(2)));
    }

    private static Intensity intensity(YamlNode intensity) throws BadPackage {
        if (intensity.word("kind", "percentile", "standard-score").equals("percentile")) {
            return percentile(intensity.only("kind", "low", "high"));
        }
        intensity.only("kind");
        return new Preparation.StandardScore();
    }

    private static Percentile percentile(YamlNode node) throws BadPackage {
        double low = node.number("low", 0, 100);
        double high = node.number("high", 0, 100);
        if (high <= low) {
            throw node.wrong("high", "must be above low");
        }
        return new Percentile(low, high);
    }

    private static CropPad cropPad(YamlNode cropPad) throws BadPackage {
        cropPad.only("width", "height", "value");
        return new CropPad(
                cropPad.integer("width", 1, MAX_SIDE), cropPad.integer("height", 1, MAX_SIDE), fill(cropPad));
    }

    private static double fill(YamlNode cropPad) throws BadPackage {
        return cropPad.absent("value") ? 0 : cropPad.number("value", -MOST, MOST);
    }

    private static Normalisation normalisation(YamlNode normalise, int channels) throws BadPackage {
        normalise.only("scale", "mean", "std");
        return new Normalisation(
                normalise.absent("scale") ? 1 : normalise.number("scale", LEAST, MOST),
                perChannel(normalise, "mean", channels, -MOST, 0),
                perChannel(normalise, "std", channels, LEAST, 1));
    }

    private static List<Double> perChannel(YamlNode node, String key, int channels, double least, double absent)
            throws BadPackage {
        List<Double> values = node.absent(key) ? List.of(absent) : node.numbers(key, least, MOST);
        if (values.size() != 1 && values.size() != channels) {
            throw node.wrong(key, "must have 1 or " + channels + " numbers, one a channel, not " + values.size());
        }
        return new ArrayList<>(values);
    }
}
