package io.prelim.events;

/** Bytes that are not the event they should be. The message says what, where and how much, never content: it may be identified. */
public final class UnreadableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEvent(Class<?> expected, int length, String problem) {
        super(length + " bytes are no " + expected.getSimpleName() + ": " + problem);
    }
}
