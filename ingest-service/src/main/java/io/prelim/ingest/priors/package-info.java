/**
 * A patient's earlier studies and the counts of studies, from one archive: asked for by C-FIND, fetched by C-MOVE to our own AE, a few
 * at a time. What was fetched is stored as prior: it makes no revision until it comes on its own, and is purged after a while. Called by
 * web, and by association, which asks who sent what.
 */
package io.prelim.ingest.priors;
