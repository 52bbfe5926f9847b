/**
 * The files of the site: read at start, where a bad one refuses the start, and again when they change, where a bad one leaves the
 * last good ones in force. Asked by {@code desk}; {@code web} and health tell how it stands.
 */
package io.prelim.report.site;
