/** A patient of unmistakable identity, and the search for it wherever it must not be. */
package io.prelim.testkit.canary;
