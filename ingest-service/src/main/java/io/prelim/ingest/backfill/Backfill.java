package io.prelim.ingest.backfill;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command that one more model answers studies of the past, and how far it is.
 *
 * @param model     a deployment's name, or the {@code sha256:} of a model file
 * @param since     studies completed from then on
 * @param until     and before then
 * @param stoppedAt since then no more is asked; null while it goes on, or has come to its end
 * @param studies   that were chosen
 * @param asked     of these, that the planner was or is being told of
 * @param declined  that the model does not apply to, or was not in service for
 * @param planned   that it must answer
 * @param answered  of these, that it did, with findings or that it does not apply
 * @param failed    of these, that it failed, or did not answer in time
 */
public record Backfill(
        UUID backfillId,
        String model,
        Instant since,
        Instant until,
        Instant requestedAt,
        @Nullable Instant stoppedAt,
        long studies,
        long asked,
        long declined,
        long planned,
        long answered,
        long failed) {}
