/** What the system tells of processes. */
package io.prelim.bench.process;
