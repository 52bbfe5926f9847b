/**
 * When is a study complete, when does it get a new revision, what is its manifest: pure decisions over what the index has. Called
 * by completion, which applies them. No clock, socket, database or framework.
 */
package io.prelim.ingest.assembly;
