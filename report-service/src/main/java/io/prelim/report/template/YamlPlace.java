package io.prelim.report.template;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place in a YAML file that knows its line. Only mappings, lists and text are read, nothing is constructed; aliases, keys that are
 * there twice and keys nobody knows are refused.
 */
final class YamlPlace {
    private static final int DEEPEST = 8;

    private final String file;
    private final Node node;

    private YamlPlace(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    static YamlPlace read(SiteFile from) throws BadSiteFile {
        if (from.bytes().length > SiteFile.MOST_BYTES) {
            throw new BadSiteFile(
                    from.name(),
                    0,
                    "has " + from.bytes().length + " bytes; make it " + SiteFile.MOST_BYTES + " at most");
        }
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(from.bytes()))
                    .toString();
            for (Event event : new Yaml(options).parse(new StringReader(text))) {
                if (event instanceof AliasEvent) {
                    throw new BadSiteFile(
                            from.name(),
                            event.getStartMark().getLine() + 1,
                            "an alias (*) is not read; write out what it stands for");
                }
            }
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new BadSiteFile(from.name(), 0, "is empty; write a template or take the file away");
            }
            return new YamlPlace(from.name(), root);
        } catch (CharacterCodingException e) {
            throw new BadSiteFile(from.name(), 0, "is not UTF-8; save it as UTF-8");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new BadSiteFile(from.name(), line, "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new BadSiteFile(
                    from.name(),
                    0,
                    "is no YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** The entries of a mapping, in its order. */
    Map<String, YamlPlace> entries(String what) throws BadSiteFile {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(what + " must be a mapping of keys to values");
        }
        Map<String, YamlPlace> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlPlace key = new YamlPlace(file, tuple.getKeyNode());
            String name = key.text("a key");
            if (entries.put(name, new YamlPlace(file, tuple.getValueNode())) != null) {
                throw key.wrong("\"" + name + "\" is there twice; keep one");
            }
        }
        return entries;
    }

    /** The same, of keys that are known. */
    Map<String, YamlPlace> entries(String what, Set<String> known) throws BadSiteFile {
        Map<String, YamlPlace> entries = entries(what);
        for (Map.Entry<String, YamlPlace> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw entry.getValue()
                        .wrong("\"" + entry.getKey() + "\" is not known here; known are " + sorted(known));
            }
        }
        return entries;
    }

    List<YamlPlace> items(String what) throws BadSiteFile {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(what + " must be a list");
        }
        List<YamlPlace> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new YamlPlace(file, item)));
        return items;
    }

    /** Not blank. */
    String text(String what) throws BadSiteFile {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw wrong(what + " must be text");
        }
        return scalar.getValue().strip();
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    String matching(String what, String pattern, String words) throws BadSiteFile {
        String value = text(what);
        if (!value.matches(pattern)) {
            throw wrong(what + " must be " + words);
        }
        return value;
    }

    YamlPlace needed(Map<String, YamlPlace> entries, String key) throws BadSiteFile {
        return Optional.ofNullable(entries.get(key)).orElseThrow(() -> wrong("\"" + key + "\" is missing; add it"));
    }

    BadSiteFile wrong(String problem) {
        return new BadSiteFile(file, node.getStartMark().getLine() + 1, problem);
    }

    static String sorted(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }
}
