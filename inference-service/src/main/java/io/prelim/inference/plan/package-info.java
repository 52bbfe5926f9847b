/** Pure: study and catalogue to a plan, one job per model deployment. */
package io.prelim.inference.plan;
