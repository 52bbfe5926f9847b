/**
 * Results on their way to archives, by C-STORE or STOW-RS: each archive is a cursor over the event log, with a queue in the database
 * that is worked off until everything is there, once. Called by {@code web}; see deploy/docs/archive.md.
 */
package io.prelim.report.archive;
