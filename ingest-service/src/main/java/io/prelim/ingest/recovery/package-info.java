/**
 * Before the doors open: what a crash left out of the index is read again from the log, and what the index names that the log does
 * not have is told. Called by operation; keeps a checkpoint, so that a start reads little.
 */
package io.prelim.ingest.recovery;
