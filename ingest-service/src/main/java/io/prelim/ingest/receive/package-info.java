/**
 * One instance: spooled, checked, split into header and pixels, appended, synced, indexed; then the answer. The one way in for
 * every door: association calls it now, STOW and others come to it.
 */
package io.prelim.ingest.receive;
