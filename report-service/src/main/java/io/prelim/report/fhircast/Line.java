package io.prelim.report.fhircast;

import java.util.function.Consumer;

/** The connection to a subscriber. No method waits. */
interface Line {
    /** @param done told whether the text has left this process; on any thread */
    void send(String text, Consumer<Boolean> done);

    /** Keeps what lies between from closing a quiet connection. */
    void ping();

    /** Closes it as the protocol has it. */
    void end();

    /** Closes it at once, whatever was not sent. */
    void cut();
}
