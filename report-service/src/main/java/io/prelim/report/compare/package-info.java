/** Pure: how two models answer the same studies. */
package io.prelim.report.compare;
