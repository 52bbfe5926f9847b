/** Orders and studies, whatever came first. */
package io.prelim.ingest.orders;
