/** QIDO-RS (PS3.18 section 10.6): searches for studies, series and instances in the index. Nothing calls this. */
package io.prelim.ingest.web.qido;
