/** STOW-RS under test: the service as a whole, clients that keep the rules and clients that do not. */
package io.prelim.ingest.web.stow;
