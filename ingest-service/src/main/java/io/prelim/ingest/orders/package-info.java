/**
 * Orders, patients and signed reports as integration engines tell of them, and which studies they belong to. Whoever takes an event,
 * from Kafka or by HL7, applies it through {@link io.prelim.ingest.orders.ClinicalEvents}, once, and a signed report through
 * {@link io.prelim.ingest.orders.SignedReports}; completion matches a study through {@link io.prelim.ingest.orders.StudyOrders} and
 * has what was signed of it told; whoever erases a study has what it alone needed forgotten through
 * {@link io.prelim.ingest.orders.OrderErasure}. What is decided over is pure: {@code Matching}.
 */
package io.prelim.ingest.orders;
