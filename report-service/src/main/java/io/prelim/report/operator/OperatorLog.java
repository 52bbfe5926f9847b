package io.prelim.report.operator;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Writes catalogue messages: what happened in the message, which one in key-values (in JSON logs also as fields). Callers hand in
 * keys, ids, UIDs, counts and class names only; never an exception's message, which may quote a value.
 */
public final class OperatorLog {
    private final Logger logger;

    private OperatorLog(Logger logger) {
        this.logger = logger;
    }

    public static OperatorLog of(Class<?> source) {
        return new OperatorLog(Logger.getLogger(source));
    }

    /** @param keyValues alternating key and value */
    public void write(OperatorMessage message, Object... keyValues) {
        if (keyValues.length % 2 != 0) {
            throw new IllegalArgumentException("a key has no value");
        }
        if (!logger.isEnabled(message.level())) {
            return;
        }
        StringBuilder line = new StringBuilder(message.id()).append(' ').append(message.text());
        MDC.put("messageId", message.id());
        try {
            for (int i = 0; i < keyValues.length; i += 2) {
                line.append(i == 0 ? ": " : " ")
                        .append(keyValues[i])
                        .append('=')
                        .append(keyValues[i + 1]);
                MDC.put(String.valueOf(keyValues[i]), String.valueOf(keyValues[i + 1]));
            }
            logger.log(message.level(), line);
        } finally {
            for (int i = 0; i < keyValues.length; i += 2) {
                MDC.remove(String.valueOf(keyValues[i]));
            }
            MDC.remove("messageId");
        }
    }

    /** The class of a fault and of what is at its root: enough to act on, and no content. */
    public static String fault(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        String name = fault.getClass().getSimpleName();
        return root == fault ? name : name + "/" + root.getClass().getSimpleName();
    }
}
