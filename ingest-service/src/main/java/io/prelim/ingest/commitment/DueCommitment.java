package io.prelim.ingest.commitment;

import java.util.UUID;

/**
 * A request that is claimed, to be judged and reported.
 *
 * @param requester its AE title
 * @param judged whether it was judged before; what was said then stays said
 * @param waited whether instances still missing have had their time
 * @param attempts to report it, so far
 * @param overdue whether it has been tried for as long as it may
 */
record DueCommitment(
        UUID commitmentId,
        String requester,
        String transactionUid,
        boolean judged,
        boolean waited,
        int attempts,
        boolean overdue) {}
