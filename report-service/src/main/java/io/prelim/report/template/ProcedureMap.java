package io.prelim.report.template;

import io.prelim.events.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What local procedure codes mean. */
final class ProcedureMap {
    static final ProcedureMap NONE = new ProcedureMap(Map.of());

    private static final String SCHEMA = "prelim.procedures/1";

    private final Map<String, Code> mapped;

    private ProcedureMap(Map<String, Code> mapped) {
        this.mapped = Map.copyOf(mapped);
    }

    static ProcedureMap read(SiteFile file) throws BadSiteFile {
        YamlPlace root = YamlPlace.read(file);
        Map<String, YamlPlace> entries = root.entries("the file", Set.of("schema", "procedures"));
        root.needed(entries, "schema").matching("schema", SCHEMA, SCHEMA);
        Map<String, Code> mapped = new HashMap<>();
        for (Map.Entry<String, YamlPlace> entry :
                root.needed(entries, "procedures").entries("procedures").entrySet()) {
            if (!entry.getKey().matches("[^\\^|\\p{Cntrl}]{1,64}(\\|[^\\^|\\p{Cntrl}]{1,64})?")) {
                throw entry.getValue()
                        .wrong("a local code must be \"CODE\" or \"SCHEME|CODE\", each of 64 characters at most");
            }
            mapped.put(entry.getKey(), Codes.read(entry.getValue(), "the procedure of " + entry.getKey()));
        }
        return new ProcedureMap(mapped);
    }

    /** One of a scheme alone comes first. */
    Optional<Code> of(Code local) {
        return Optional.ofNullable(
                mapped.getOrDefault(local.scheme() + "|" + local.value(), mapped.get(local.value())));
    }

    int size() {
        return mapped.size();
    }
}
