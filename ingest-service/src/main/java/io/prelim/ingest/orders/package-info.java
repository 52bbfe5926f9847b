/**
 * Orders and patients as integration engines tell of them, and which studies were made for which orders. Whoever takes an event, from
 * Kafka or by HL7, applies it through {@link io.prelim.ingest.orders.ClinicalEvents}, once; completion matches a study through
 * {@link io.prelim.ingest.orders.StudyOrders}; whoever erases a study has what it alone needed forgotten through
 * {@link io.prelim.ingest.orders.OrderErasure}. What is decided over is pure: {@code Matching}.
 */
package io.prelim.ingest.orders;
