/**
 * A real broker and a real database in one child process, for tests and the local runner. The process ends with the process that
 * asked for it, so that nothing is left behind when a build or a runner is killed.
 */
package io.prelim.testkit.host;
