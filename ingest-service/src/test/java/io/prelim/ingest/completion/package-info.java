/** How completion is told. */
package io.prelim.ingest.completion;
