/**
 * What ends a study's quiet period early: that somebody says it is complete, that all instances announced of it are here, that its sender
 * released its association, or that the archive has no more. A hint moves a due time and nothing else: what comes later is a
 * revision as always. Called by web, association, procedure and completion.
 */
package io.prelim.ingest.hint;
