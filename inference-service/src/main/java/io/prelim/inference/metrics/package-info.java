/** The meters of this service, all named {@code prelim.inference.*}. Labels are models, lanes and stages, never studies. */
package io.prelim.inference.metrics;
