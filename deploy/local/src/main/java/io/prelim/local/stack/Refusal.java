package io.prelim.local.stack;

/** The runner cannot do what was asked; the message is one line for the user, saying what is wrong and what to do about it. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }
}
