package io.prelim.events;

import org.jspecify.annotations.Nullable;

/**
 * A patient as an order or an ADT message names one. Identified.
 *
 * @param issuer    of {@link #id}: two ids are of one patient only when their issuers are the same, or a merge says so
 * @param id        PID-3.1, (0010,0020)
 * @param name      as in (0010,0010), components joined by {@code ^}
 * @param birthDate {@code yyyyMMdd}
 * @param sex       {@code F}, {@code M} or {@code O}
 */
public record Patient(
        String issuer,
        Phi<String> id,
        @Nullable Phi<String> name,
        @Nullable Phi<String> birthDate,
        @Nullable String sex) {}
