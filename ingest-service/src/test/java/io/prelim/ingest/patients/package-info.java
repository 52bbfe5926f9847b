/** Merges of patients, in any order. */
package io.prelim.ingest.patients;
