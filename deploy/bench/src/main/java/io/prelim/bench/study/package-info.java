/** Studies that a bench makes, with their parts in memory. */
package io.prelim.bench.study;
