/**
 * Marks tests with the bad input they stand for, the entrance it comes by and the exact answer it gets, so that a matrix of all of
 * them is made from the tests alone. For the tests of every module.
 */
package io.prelim.testkit.badinput;
