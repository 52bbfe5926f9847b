/** A patient of unmistakable identity, and the search for it wherever it must not be. For tests of every service, and of all together. */
package io.prelim.testkit.canary;
