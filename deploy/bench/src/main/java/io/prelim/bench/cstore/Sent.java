package io.prelim.bench.cstore;

/**
 * What a receiver acknowledged.
 *
 * @param objects the first so many of the workload
 */
record Sent(Workload workload, int objects) {}
