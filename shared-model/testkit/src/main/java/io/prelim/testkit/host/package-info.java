/** A real broker and a real database in one child process, for tests and the local runner. */
package io.prelim.testkit.host;
