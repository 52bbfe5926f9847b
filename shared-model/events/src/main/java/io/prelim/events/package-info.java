/**
 * The contract between the services: event records, ids, topic names, the CloudEvents binding and the one JSON mapper.
 *
 * <p>Any service and the local runner may use it; it depends on nothing but Jackson. Within a version only additive change:
 * a new field is optional, every closed set has an {@code UNKNOWN} that readers handle.
 */
package io.prelim.events;
