/** The one retry policy: how long to wait before doing again what failed for a passing reason. Any room may use it. */
package io.prelim.inference.retry;
