/** Priors: asked for, fetched, kept apart, promoted, purged. */
package io.prelim.ingest.priors;
