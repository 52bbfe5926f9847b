/** Events written and answered, and what that says: shared by the measurements of {@code events} and {@code drafting}. */
package io.prelim.bench.load;
