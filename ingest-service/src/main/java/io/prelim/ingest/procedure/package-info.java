/**
 * Modality performed procedure steps as their SCP (PS3.4 annex F.7): what a modality says it does and did, as facts about studies,
 * without identity. Called by association, and by completion, which enters what came before a study did.
 */
package io.prelim.ingest.procedure;
