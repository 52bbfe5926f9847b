/**
 * What other services are asked for on behalf of a reader: images from ingest, model cards from inference. Each answer is bounded in bytes
 * and time. Called by {@code web}.
 */
package io.prelim.report.neighbour;
