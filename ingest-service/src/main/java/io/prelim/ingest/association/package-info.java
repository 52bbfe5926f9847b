/** dicom-net wired to policy: who may associate, what is told of associations, C-STORE handed to receive. */
package io.prelim.ingest.association;
