/**
 * How long a study's images may be apart: as it is set for their modality, or as it was learned from their sender. Told by index what came
 * when, asked by receive.
 */
package io.prelim.ingest.quiet;
