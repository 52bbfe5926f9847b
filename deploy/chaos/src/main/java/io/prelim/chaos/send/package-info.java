/**
 * The sender: studies made from the seed, each object journalled before it is sent and its answer after, through a proxy that breaks
 * connections. Called by the run and the checker.
 */
package io.prelim.chaos.send;
