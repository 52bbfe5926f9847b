package io.prelim.ingest.hl7;

import io.prelim.events.Event;
import io.prelim.events.IdentityKeys;
import io.prelim.events.Patient;
import io.prelim.events.PatientMerged;
import io.prelim.events.PatientUpdated;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Patients of ADT^A08 and A31, and merges of A40 and A47: one for each MRG, with the PID before it. Pure. */
final class PatientReader {
    private final Hl7Peer peer;
    private final IdentityKeys keys;

    PatientReader(Hl7Peer peer, IdentityKeys keys) {
        this.peer = peer;
        this.keys = keys;
    }

    Event update(Hl7Message message, Instant at) throws Refused {
        Patient patient = patient(message.required("PID"));
        return new PatientUpdated(key(patient), patient, at);
    }

    List<Event> merges(Hl7Message message, Instant at) throws Refused {
        message.required("PID");
        message.required("MRG");
        List<Event> merges = new ArrayList<>();
        Segment pid = null;
        for (Segment segment : message.segments()) {
            if (segment.name().equals("PID")) {
                pid = segment;
            } else if (segment.name().equals("MRG")) {
                if (pid == null) {
                    throw new Refused(Refusal.error(
                            "MRG", segment.sequence(), 0, Refusal.SEGMENT_SEQUENCE, "no PID stands before it"));
                }
                merges.add(merge(pid, segment, at));
            }
        }
        return merges;
    }

    private Event merge(Segment pid, Segment mrg, Instant at) throws Refused {
        Patient patient = patient(pid);
        Patient prior = Fields.patient(mrg, 1, 7, patient.issuer(), peer);
        UUID key = key(patient);
        UUID priorKey = key(prior);
        if (key.equals(priorKey)) {
            throw new Refused(
                    Refusal.error("MRG", mrg.sequence(), 1, Refusal.UNKNOWN_KEY, "the same patient as in PID-3"));
        }
        return new PatientMerged(key, patient, priorKey, prior, at);
    }

    private Patient patient(Segment pid) throws Refused {
        return Fields.patient(pid, 3, 5, peer.patientIssuer(), peer);
    }

    private UUID key(Patient patient) {
        return keys.patient(patient.issuer(), patient.id());
    }
}
