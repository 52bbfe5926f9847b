package io.prelim.inference.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place in a YAML file that knows its path, so that every error names file and key. Aliases and duplicate keys are refused. */
final class YamlNode {
    /** A manifest or card is a page or two; more is no manifest. */
    static final int MAX_BYTES = 1 << 20;

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .build();

    private final String file;
    private final String path;
    private final JsonNode node;

    private YamlNode(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    static YamlNode read(String file, byte[] yaml) throws BadPackage {
        if (yaml.length > MAX_BYTES) {
            throw new BadPackage(file, "", yaml.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        try {
            JsonNode root = MAPPER.readTree(yaml);
            if (root == null || !root.isObject()) {
                throw new BadPackage(file, "", "is no YAML mapping");
            }
            return new YamlNode(file, "", root);
        } catch (IOException e) {
            throw new BadPackage(file, "", "is not readable YAML: " + firstLine(e), e);
        }
    }

    /** @throws BadPackage if a key is there that the format does not know: a misspelt threshold must not be ignored */
    YamlNode only(String... keys) throws BadPackage {
        Set<String> known = Set.of(keys);
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name) && !name.startsWith("x-")) {
                throw new BadPackage(file, path(name), "is not a key of this format");
            }
        }
        return this;
    }

    YamlNode object(String key) throws BadPackage {
        return optionalObject(key).orElseThrow(() -> missing(key));
    }

    Optional<YamlNode> optionalObject(String key) throws BadPackage {
        if (absent(key)) {
            return Optional.empty();
        }
        if (!node.get(key).isObject()) {
            throw wrong(key, "must be a mapping");
        }
        return Optional.of(new YamlNode(file, path(key), node.get(key)));
    }

    List<YamlNode> objects(String key) throws BadPackage {
        List<YamlNode> items = new ArrayList<>();
        for (JsonNode item : list(key)) {
            String place = path(key) + "[" + items.size() + "]";
            if (!item.isObject()) {
                throw new BadPackage(file, place, "must be a mapping");
            }
            items.add(new YamlNode(file, place, item));
        }
        return items;
    }

    String text(String key) throws BadPackage {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) throws BadPackage {
        if (absent(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw wrong(key, "must be text");
        }
        return Optional.of(value.asText());
    }

    /** One of the words given. */
    String word(String key, String... allowed) throws BadPackage {
        String value = text(key);
        if (!List.of(allowed).contains(value)) {
            throw wrong(key, "\"" + value + "\" must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    double number(String key, double least, double most) throws BadPackage {
        if (absent(key)) {
            throw missing(key);
        }
        return number(node.get(key), path(key), least, most);
    }

    List<Double> numbers(String key, double least, double most) throws BadPackage {
        List<Double> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            values.add(number(item, path(key) + "[" + values.size() + "]", least, most));
        }
        return values;
    }

    int integer(String key, int least, int most) throws BadPackage {
        if (absent(key)) {
            throw missing(key);
        }
        return integer(node.get(key), path(key), least, most);
    }

    List<Integer> integers(String key, int least, int most) throws BadPackage {
        List<Integer> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            values.add(integer(item, path(key) + "[" + values.size() + "]", least, most));
        }
        return values;
    }

    boolean flag(String key, boolean otherwise) throws BadPackage {
        if (absent(key)) {
            return otherwise;
        }
        if (!node.get(key).isBoolean()) {
            throw wrong(key, "must be true or false");
        }
        return node.get(key).booleanValue();
    }

    List<String> texts(String key) throws BadPackage {
        List<String> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            if (!item.isValueNode() || item.asText().isBlank()) {
                throw new BadPackage(file, path(key) + "[" + values.size() + "]", "must be text");
            }
            values.add(item.asText());
        }
        return values;
    }

    boolean isList(String key) {
        return node.path(key).isArray();
    }

    boolean absent(String key) {
        return !node.has(key) || node.get(key).isNull();
    }

    JsonNode json() {
        return node;
    }

    BadPackage wrong(String key, String problem) {
        return new BadPackage(file, path(key), problem);
    }

    private JsonNode list(String key) throws BadPackage {
        if (absent(key)) {
            throw missing(key);
        }
        if (!node.get(key).isArray()) {
            throw wrong(key, "must be a list");
        }
        return node.get(key);
    }

    private double number(JsonNode value, String place, double least, double most) throws BadPackage {
        if (!value.isNumber()
                || !Double.isFinite(value.doubleValue())
                || value.doubleValue() < least
                || value.doubleValue() > most) {
            throw new BadPackage(file, place, "must be a number from " + plain(least) + " to " + plain(most));
        }
        return value.doubleValue();
    }

    private int integer(JsonNode value, String place, int least, int most) throws BadPackage {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw new BadPackage(file, place, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    private BadPackage missing(String key) {
        return new BadPackage(file, path(key), "is missing");
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
