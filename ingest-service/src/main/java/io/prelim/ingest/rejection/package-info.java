/**
 * Instances that rejection notes took back (IHE RAD, Imaging Object Change Management): what follows for their studies. Notes are read by
 * receive and kept by index; called by completion.
 */
package io.prelim.ingest.rejection;
