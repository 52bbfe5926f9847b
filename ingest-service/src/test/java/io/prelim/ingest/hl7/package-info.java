/** What integration engines send, and what they get. */
package io.prelim.ingest.hl7;
