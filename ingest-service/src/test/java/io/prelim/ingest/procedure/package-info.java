/** Performed procedure steps: what is said, kept and shown. */
package io.prelim.ingest.procedure;
