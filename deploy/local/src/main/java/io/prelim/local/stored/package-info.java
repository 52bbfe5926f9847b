/** What ingest stored, read from its index and segments while it does not run. Called by what checks a stack after a crash. */
package io.prelim.local.stored;
