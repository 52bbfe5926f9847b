/**
 * HTTP: parts for inference and report, each allowed its classes; the ledger for whoever asks where a study is. Errors leave as
 * {@code application/problem+json}. Nothing calls this.
 */
package io.prelim.ingest.web;
