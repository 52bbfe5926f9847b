package io.prelim.report.delivery;

/** Something as it goes out; it may be identified, and its {@code toString} must not be. */
public interface Outgoing {
    /** Of all that the destination keeps of it: {@code sha256:} and hexadecimal digits. */
    String digest();
}
