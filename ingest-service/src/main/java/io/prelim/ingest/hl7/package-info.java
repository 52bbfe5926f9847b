/**
 * HL7 v2 over MLLP: orders, ADT and signed reports of integration engines. A message is acknowledged when what it says is committed,
 * or with the reason why not, by segment and field. Framing and access to fields are our own, so that neither holds more than the
 * bytes received; escapes and acknowledgements are HAPI's. Operation starts it; it calls orders and patients, and nothing calls it.
 */
package io.prelim.ingest.hl7;
