/** Archives as destinations, by C-STORE or STOW-RS, and what goes to them. Called by {@code delivery} and {@code web}; see deploy/docs/archive.md. */
package io.prelim.report.archive;
