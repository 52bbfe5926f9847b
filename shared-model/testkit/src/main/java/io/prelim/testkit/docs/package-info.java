/** Documents held against the code. For the tests of every module. */
package io.prelim.testkit.docs;
