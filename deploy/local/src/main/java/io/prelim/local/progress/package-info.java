/** A study's way seen from outside: ingest's ledger and the report API asked over HTTP, and shown to the user. */
package io.prelim.local.progress;
