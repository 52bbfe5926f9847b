/**
 * Patients as integration engines tell of them, which of their ids are of one patient, and the keys of both. For orders, in its
 * transactions, and for whoever makes or checks a key; it knows no
 * other room.
 */
package io.prelim.ingest.patients;
