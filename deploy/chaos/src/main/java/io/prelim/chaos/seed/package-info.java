/** One seed for everything that is drawn. Called by {@code fault} and {@code send}. */
package io.prelim.chaos.seed;
