/** Multipart bodies under test. */
package io.prelim.ingest.web.multipart;
