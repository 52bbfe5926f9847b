/** What the measuring commands are given. */
package io.prelim.bench.options;
