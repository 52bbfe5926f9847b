package io.prelim.chaos.check;

/** @param detail for people: what, and where */
public record Violation(Invariant invariant, String detail) {}
