package io.prelim.events;

import org.jspecify.annotations.Nullable;

/**
 * What inference may know of the patient: no identity.
 *
 * @param ageBand years as {@code "0-1"}, {@code "1-5"}, {@code "6-17"}, {@code "18-39"}, {@code "40-64"}, {@code "65-89"},
 *                {@code "90+"}; null when unknown
 * @param sex     {@code F}, {@code M} or {@code O} (0010,0040); null when unknown
 */
public record Subject(@Nullable String ageBand, @Nullable String sex) {}
