/** {@code deploy/bench/inference}: a model within Prelim's worker beside the same model in a bare loop. */
package io.prelim.bench.inference;
