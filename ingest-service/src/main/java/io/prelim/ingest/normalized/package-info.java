/** What the DIMSE-N services of ingest have in common: attributes a request must have, and how one without them is refused. */
package io.prelim.ingest.normalized;
