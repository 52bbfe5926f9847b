/** Studies that are made to stand still, found and set going. */
package io.prelim.ingest.reconcile;
