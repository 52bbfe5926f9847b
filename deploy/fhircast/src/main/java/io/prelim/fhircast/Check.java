package io.prelim.fhircast;

import java.util.function.Consumer;

/** A rule, and how it is tried. Throws a {@link Verdict} unless the hub keeps it. */
record Check(Rule rule, Consumer<Session> trial) {
    static Check of(String name, String source, String expected, Consumer<Session> trial) {
        return new Check(new Rule(name, source, expected), trial);
    }
}
