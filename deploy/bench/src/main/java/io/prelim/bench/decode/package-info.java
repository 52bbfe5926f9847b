/** What decoding a frame costs, beside other decoders in one interleaved run. Started by {@code deploy/bench/decode}; nothing calls it. */
package io.prelim.bench.decode;
