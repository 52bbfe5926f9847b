package io.prelim.report.statement;

import io.prelim.report.template.Section;
import java.util.List;
import java.util.UUID;

/**
 * A sentence that words statements anew.
 *
 * @param statements ids of those it words
 */
public record Written(Section section, List<UUID> statements, String text) {
    public Written {
        statements = statements == null ? List.of() : List.copyOf(statements);
    }
}
