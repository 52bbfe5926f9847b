package io.prelim.access.audit;

import ca.uhn.fhir.context.FhirContext;
import io.prelim.access.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * Audit entries as FHIR R4 AuditEvents. One that succeeded follows the patterns Read, Query, Create or Update of IHE BALP 1.1, of a patient
 * where the patient is known; one that did not follows no pattern, as these are of what succeeded.
 */
public final class AuditEvents {
    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final Coding SOURCE = new Coding(DCM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(DCM, "110152", "Destination Role ID");

    private AuditEvents() {}

    /** @param service that records it, such as {@code prelim-report} */
    public static String json(UUID id, String service, AuditEntry entry) {
        return CONTEXT.newJsonParser().encodeResourceToString(of(id, service, entry));
    }

    /**
     * A page of what was recorded, as a searchset.
     *
     * @param events JSON of each, as it was recorded
     * @param self   the search, below the server's address
     * @param next   the next page; null on the last
     */
    public static String searchset(List<String> events, String self, String next) {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(self);
        if (next != null) {
            bundle.addLink().setRelation("next").setUrl(next);
        }
        for (String event : events) {
            AuditEvent resource = CONTEXT.newJsonParser().parseResource(AuditEvent.class, event);
            bundle.addEntry()
                    .setFullUrl("urn:uuid:" + resource.getIdElement().getIdPart())
                    .setResource(resource)
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.MATCH);
        }
        return CONTEXT.newJsonParser().encodeResourceToString(bundle);
    }

    private static AuditEvent of(UUID id, String service, AuditEntry entry) {
        AuditEvent event = new AuditEvent();
        event.setId(id.toString());
        event.setType(new Coding(TERMINOLOGY + "audit-event-type", "rest", "Restful Operation"));
        event.addSubtype(new Coding("http://hl7.org/fhir/restful-interaction", interaction(entry), null));
        event.setAction(action(entry));
        event.setRecorded(Date.from(entry.at()));
        if (entry.refused() == null) {
            event.setOutcome(AuditEventOutcome._0);
            event.getMeta().addProfile(PROFILE + (entry.patient() == null ? "" : "Patient") + pattern(entry));
        } else {
            event.setOutcome(AuditEventOutcome._4);
            event.setOutcomeDesc(entry.refused());
        }
        // who reads takes data, who searches or writes sends it
        boolean reads = entry.action() == AuditEntry.Action.READ;
        event.addAgent(client(entry).setType(new CodeableConcept(reads ? DESTINATION : SOURCE)));
        event.addAgent(server(service).setType(new CodeableConcept(reads ? SOURCE : DESTINATION)));
        event.addAgent(user(entry, reads || entry.action() == AuditEntry.Action.QUERY));
        event.getSource()
                .setObserver(device(service))
                .addType(new Coding(TERMINOLOGY + "security-source-type", "4", "Application Server"));
        if (entry.site() != null) {
            event.getSource().setSite(entry.site());
        }
        entities(event, entry);
        return event;
    }

    private static void entities(AuditEvent event, AuditEntry entry) {
        if (entry.what() != null) {
            AuditEventEntityComponent data = event.addEntity()
                    .setType(new Coding(TERMINOLOGY + "audit-entity-type", "2", "System Object"))
                    .setRole(new Coding(TERMINOLOGY + "object-role", "4", "Domain Resource"));
            data.setWhat(new Reference()
                    .setType(entry.what().type())
                    .setIdentifier(new Identifier()
                            .setSystem("urn:ietf:rfc3986")
                            .setValue("urn:uuid:" + entry.what().key())));
            if (entry.what().studyInstanceUid() != null) {
                event.addEntity()
                        .setType(new Coding("http://hl7.org/fhir/resource-types", "ImagingStudy", "ImagingStudy"))
                        .setRole(new Coding(TERMINOLOGY + "object-role", "4", "Domain Resource"))
                        .setWhat(new Reference()
                                .setType("ImagingStudy")
                                .setIdentifier(new Identifier()
                                        .setSystem("urn:dicom:uid")
                                        .setValue("urn:oid:" + entry.what().studyInstanceUid())));
            }
        }
        if (entry.query() != null) {
            event.addEntity()
                    .setType(new Coding(TERMINOLOGY + "audit-entity-type", "2", "System Object"))
                    .setRole(new Coding(TERMINOLOGY + "object-role", "24", "Query"))
                    .setQuery(entry.query().getBytes(StandardCharsets.UTF_8));
        }
        if (entry.patient() != null) {
            Identifier identifier =
                    new Identifier().setValue(entry.patient().id().reveal());
            if (entry.patient().issuer() != null) {
                identifier.getAssigner().setDisplay(entry.patient().issuer());
            }
            event.addEntity()
                    .setType(new Coding(TERMINOLOGY + "audit-entity-type", "1", "Person"))
                    .setRole(new Coding(TERMINOLOGY + "object-role", "1", "Patient"))
                    .setWhat(new Reference().setType("Patient").setIdentifier(identifier));
        }
    }

    private static AuditEventAgentComponent client(AuditEntry entry) {
        AuditEventAgentComponent client = new AuditEventAgentComponent()
                .setWho(new Reference().setDisplay(entry.address()))
                .setRequestor(false);
        client.getNetwork().setAddress(entry.address()).setType(AuditEventAgentNetworkType._2);
        return client;
    }

    private static AuditEventAgentComponent server(String service) {
        AuditEventAgentComponent server =
                new AuditEventAgentComponent().setWho(device(service)).setRequestor(false);
        server.getNetwork().setAddress(service).setType(AuditEventAgentNetworkType._1);
        return server;
    }

    private static AuditEventAgentComponent user(AuditEntry entry, boolean takes) {
        Caller caller = entry.caller();
        AuditEventAgentComponent user = new AuditEventAgentComponent()
                .setType(new CodeableConcept(
                        takes
                                ? new Coding(TERMINOLOGY + "v3-ParticipationType", "IRCP", "information recipient")
                                : new Coding(TERMINOLOGY + "v3-ParticipationType", "AUT", "author (originator)")))
                .setName(caller.name())
                .setRequestor(true);
        user.setWho(new Reference()
                .setIdentifier(new Identifier().setValue(caller.name()))
                .setDisplay(caller.named() ? caller.name() : caller.name() + ", not signed in"));
        caller.roles().stream().sorted().forEach(role -> user.addRole(new CodeableConcept().setText(role)));
        if (entry.breakGlass() != null) {
            user.addPurposeOfUse(new CodeableConcept(new Coding(TERMINOLOGY + "v3-ActReason", "BTG", "break the glass"))
                    .setText(entry.breakGlass().reveal()));
        }
        return user;
    }

    private static Reference device(String service) {
        return new Reference()
                .setType("Device")
                .setIdentifier(new Identifier().setValue(service))
                .setDisplay(service);
    }

    private static String interaction(AuditEntry entry) {
        return switch (entry.action()) {
            case READ -> "read";
            case QUERY -> "search-type";
            case CREATE -> "create";
            case UPDATE -> "update";
        };
    }

    private static String pattern(AuditEntry entry) {
        return switch (entry.action()) {
            case READ -> "Read";
            case QUERY -> "Query";
            case CREATE -> "Create";
            case UPDATE -> "Update";
        };
    }

    private static AuditEventAction action(AuditEntry entry) {
        return switch (entry.action()) {
            case READ -> AuditEventAction.R;
            case QUERY -> AuditEventAction.E;
            case CREATE -> AuditEventAction.C;
            case UPDATE -> AuditEventAction.U;
        };
    }
}
