/**
 * DICOM studies made by the project, of no patient: the samples of the local runner, and objects for tests. Everything made here says
 * in its attributes that it is synthetic.
 */
package io.prelim.testkit.study;
