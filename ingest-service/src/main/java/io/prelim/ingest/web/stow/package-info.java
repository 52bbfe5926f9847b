/**
 * STOW-RS (PS3.18 section 10.5): the second door to {@code receive}. A request's bytes stream through one buffer; its objects are
 * committed side by side, and the answer comes when the last of them is. Nothing calls this but the HTTP server.
 */
package io.prelim.ingest.web.stow;
