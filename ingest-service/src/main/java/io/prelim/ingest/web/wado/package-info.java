/**
 * WADO-RS (PS3.18 section 10.4): instances, metadata, bulk data and frames, read from the store by ranges and sent as they are read.
 * Nothing calls this.
 */
package io.prelim.ingest.web.wado;
