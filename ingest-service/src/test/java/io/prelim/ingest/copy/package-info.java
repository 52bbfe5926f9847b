/** The second copy of the segment log, against a real server that speaks S3. */
package io.prelim.ingest.copy;
