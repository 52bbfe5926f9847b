package io.prelim.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that a study was made for.
 *
 * @param orderKey          {@link IdentityKeys#order}
 * @param placerOrderNumber ORC-2.1, goes back as OBR-2
 * @param fillerOrderNumber ORC-3.1, goes back as OBR-3
 * @param procedure         as ordered, OBR-4
 */
public record OrderReference(
        UUID orderKey,
        @Nullable Phi<String> placerOrderNumber,
        @Nullable Phi<String> fillerOrderNumber,
        @Nullable Code procedure) {}
