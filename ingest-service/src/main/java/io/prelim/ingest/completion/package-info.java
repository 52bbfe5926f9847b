/**
 * Applies what assembly decides: finds due studies by the database's clock, stores the manifest, and commits revision, ledger and
 * outbox as one. Started by operation.
 */
package io.prelim.ingest.completion;
