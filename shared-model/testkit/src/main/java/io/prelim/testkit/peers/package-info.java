/** Programs of others that tests talk to; where one is missing the test skips and names the package to install. */
package io.prelim.testkit.peers;
