/**
 * Checks any FHIRcast hub against the rules of FHIRcast 3.0 and IHE IRA, rule by rule, as its clients see it. Knows nothing of Prelim.
 * {@code Main} is run by {@code deploy/fhircast/check}; {@code Checker} may be called by tests.
 */
package io.prelim.fhircast;
