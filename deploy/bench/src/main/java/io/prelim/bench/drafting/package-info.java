/** {@code deploy/bench/drafting}: report-service as packaged, from outcome to report-changed, and its searches over many reports. */
package io.prelim.bench.drafting;
