/**
 * The index in PostgreSQL: which instances are stored, where their parts lie, which came again and how. Written in groups. Called
 * by receive, completion and web.
 */
package io.prelim.ingest.index;
