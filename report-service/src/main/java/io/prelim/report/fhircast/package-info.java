/**
 * A FHIRcast 3.0 hub (STU 3) with content sharing, for readers' sessions and for the feed of drafts. Topics, contexts and subscriptions
 * are in the memory of this process. {@code web} takes requests and hands them in; {@code Channels} is where subscribers' WebSockets
 * end. What a report says comes from {@code view} and {@code render.fhir}; nothing here decides about a report.
 */
package io.prelim.report.fhircast;
