/** Multipart bodies as streams (RFC 2046, RFC 2387): one pass, one buffer, no part held. {@code web.stow} calls it. */
package io.prelim.ingest.web.multipart;
