/** The catalogue of numbered messages to operators. Every room may use it; it knows no other. */
package io.prelim.ingest.notice;
