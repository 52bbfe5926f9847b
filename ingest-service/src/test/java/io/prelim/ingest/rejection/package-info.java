/** Rejection notes over the real doors. */
package io.prelim.ingest.rejection;
