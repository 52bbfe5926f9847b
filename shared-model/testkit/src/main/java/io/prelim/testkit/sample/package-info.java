/** Synthetic chest radiographs for samples and tests, made from a statistical basis; for the test kit's generators and for tests. */
package io.prelim.testkit.sample;
