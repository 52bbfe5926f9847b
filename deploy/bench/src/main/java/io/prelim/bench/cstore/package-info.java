/** How fast C-STORE is received, beside other receivers in one interleaved run. Started by {@code deploy/bench/cstore}; nothing calls it. */
package io.prelim.bench.cstore;
