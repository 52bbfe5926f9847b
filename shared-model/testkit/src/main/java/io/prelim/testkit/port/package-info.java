/** Ports for what is started for a test, a bench or on one machine. */
package io.prelim.testkit.port;
