package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Something that identifies a patient. It shows itself only to code that asks by name: {@link #toString} is redacted, so that
 * it reaches no log line, metric or exception message by accident.
 */
public final class Phi<T> {
    private final T value;

    private Phi(T value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static <T> Phi<T> of(T value) {
        return new Phi<>(value);
    }

    /** Null stays null: an absent identifier is no identifier. */
    public static <T> Phi<T> ofNullable(T value) {
        return value == null ? null : new Phi<>(value);
    }

    /** The identifying value itself; only for storing it, rendering a report or sending it to who may see it. */
    @JsonValue
    public T reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Phi<?> that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Phi[redacted]";
    }
}
