/** Puts the service together: guards, catalogue, consumers by role, health, and the drain at the end. Nothing calls it but Quarkus. */
package io.prelim.inference.start;
