/**
 * The processes: three services as children of this one, where they listen, and how they end. Called by the runner and by the
 * end-to-end tests.
 */
package io.prelim.local.stack;
