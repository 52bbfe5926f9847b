/**
 * Who saw or changed what of a patient: FHIR R4 AuditEvents by the patterns of IHE BALP, in a table of the service's own database that is
 * only appended to. Written in the transaction of what they tell. Identified.
 */
package io.prelim.access.audit;
