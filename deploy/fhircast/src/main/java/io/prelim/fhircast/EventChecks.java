package io.prelim.fhircast;

import static io.prelim.fhircast.Events.PATIENT_CLOSE;
import static io.prelim.fhircast.Events.PATIENT_OPEN;
import static io.prelim.fhircast.Events.REPORT_OPEN;
import static io.prelim.fhircast.Events.SYNC_ERROR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What happens to events, and to those who do not follow them. */
final class EventChecks {
    private static final String SENDING = "FHIRcast 2.6, IHE RAD-148";
    private static final String RECEIVING = "FHIRcast 2.5";

    static final List<Check> ALL = List.of(
            Check.of(
                    "event-distributed",
                    "FHIRcast 2.6",
                    "an event that was accepted comes to every subscriber, its sender too, with its id, topic and context",
                    EventChecks::distributed),
            Check.of(
                    "only-subscribed",
                    RECEIVING,
                    "nobody gets an event they did not subscribe to",
                    EventChecks::onlySubscribed),
            Check.of(
                    "names-without-case", "FHIRcast 2.3", "event names compare without case", EventChecks::withoutCase),
            refusing("timestamp-required", "without timestamp", open -> open.remove("timestamp")),
            refusing("id-required", "without id", open -> open.remove("id")),
            refusing("event-required", "without event", open -> open.remove("event")),
            refusing(
                    "context-required",
                    "Patient-open without a context",
                    open -> ((ObjectNode) open.get("event")).remove("context")),
            refusing(
                    "session-known",
                    "for a topic that is no session",
                    open -> ((ObjectNode) open.get("event")).put("hub.topic", Events.id())),
            Check.of(
                    "context-complete",
                    "FHIRcast 3.6.1, IHE RAD-148",
                    "DiagnosticReport-open without patient, and without report, is answered 4xx",
                    EventChecks::complete),
            Check.of(
                    "same-event-once",
                    "IHE RAD-148",
                    "an event that is sent again with its id is not distributed again",
                    EventChecks::once),
            Check.of(
                    "current-on-joining",
                    "FHIRcast 2.4",
                    "who subscribes later gets the open event of what is open",
                    EventChecks::currentOnJoining),
            Check.of(
                    "current-context",
                    "FHIRcast 2.9, IHE RAD-153",
                    "GET hub/topic tells context.type, context.versionId and the context that is open",
                    EventChecks::current),
            Check.of(
                    "current-context-empty",
                    "FHIRcast 2.9",
                    "with nothing open, context.type is empty and context an empty array",
                    EventChecks::currentEmpty),
            Check.of(
                    "answers-as-number-and-text",
                    RECEIVING,
                    "status 200 is taken as a number and as a string: no SyncError follows",
                    EventChecks::answers),
            Check.of(
                    "refusal-told",
                    "FHIRcast 2.5, 3.2.1",
                    "an event answered 409 makes a SyncError to the others: an OperationOutcome with a warning that names the"
                            + " event's id",
                    EventChecks::refusal),
            Check.of(
                    "silence-told",
                    "FHIRcast 2.5",
                    "an event that is not answered makes a SyncError to the others after 10 s (the hub may)",
                    EventChecks::silence),
            Check.of(
                    "sync-error-relayed",
                    "FHIRcast 2.5",
                    "a SyncError that a subscriber sends is distributed",
                    EventChecks::relayed));

    private EventChecks() {}

    private static Check refusing(String name, String what, Consumer<ObjectNode> spoil) {
        return Check.of(name, SENDING, "an event " + what + " is answered 4xx, and nobody gets it", session -> {
            Subscriber subscriber = session.join("Patient-open,Patient-close");
            ObjectNode bad = session.events().patientOpen();
            String id = bad.path("id").asText();
            spoil.accept(bad);
            session.refused(bad, "it");
            session.got(subscriber, session.send(session.events().patientClose()));
            if (subscriber.awaitId(id, Duration.ZERO) != null
                    || !subscriber.events(PATIENT_OPEN).isEmpty()) {
                throw Verdict.fail("it was distributed all the same");
            }
        });
    }

    private static void distributed(Session session) {
        Subscriber sender = session.join(PATIENT_OPEN);
        Subscriber other = session.join(PATIENT_OPEN);
        ObjectNode open = session.events().patientOpen();
        String id = session.send(open);
        for (Subscriber each : List.of(sender, other)) {
            JsonNode event = session.got(each, id).path("event");
            if (!session.topic().equals(event.path("hub.topic").asText())) {
                throw Verdict.fail("hub.topic is another");
            }
            if (!event.path("context")
                    .toString()
                    .contains(session.events().patientReference().substring(8))) {
                throw Verdict.fail("its context is another");
            }
        }
    }

    private static void onlySubscribed(Session session) {
        Subscriber subscriber = session.join(PATIENT_CLOSE);
        session.send(session.events().patientOpen());
        session.got(subscriber, session.send(session.events().patientClose()));
        if (!subscriber.events(PATIENT_OPEN).isEmpty()) {
            throw Verdict.fail("Patient-open came");
        }
    }

    private static void withoutCase(Session session) {
        Subscriber subscriber = session.join("PATIENT-OPEN");
        ObjectNode open = session.events().patientOpen();
        ((ObjectNode) open.get("event")).put("hub.event", "patient-open");
        session.got(subscriber, session.send(open));
    }

    private static void complete(Session session) {
        session.needs(REPORT_OPEN);
        session.join(REPORT_OPEN);
        Events events = session.events();
        session.refused(events.event(REPORT_OPEN, events.report(), events.study()), "without patient it");
        session.refused(events.event(REPORT_OPEN, events.patient(), events.study()), "without report it");
    }

    private static void once(Session session) {
        Subscriber subscriber = session.join("Patient-open,Patient-close");
        ObjectNode open = session.events().patientOpen();
        String id = session.send(open);
        session.hub().event(open);
        session.got(subscriber, session.send(session.events().patientClose()));
        long times = subscriber.messages().stream()
                .filter(each -> each.path("id").asText().equals(id))
                .count();
        if (times != 1) {
            throw Verdict.fail("it came " + times + " times");
        }
    }

    private static void currentOnJoining(Session session) {
        session.join(PATIENT_OPEN);
        session.send(session.events().patientOpen());
        Subscriber late = session.join(PATIENT_OPEN);
        if (late.await(
                        each -> each.path("event").path("hub.event").asText().equalsIgnoreCase(PATIENT_OPEN),
                        session.patience())
                == null) {
            throw Verdict.skip("the hub does not tell (it should)");
        }
    }

    private static void current(Session session) {
        session.join(PATIENT_OPEN);
        session.send(session.events().patientOpen());
        JsonNode current = session.current();
        if (!"Patient".equals(current.path("context.type").asText())) {
            throw Verdict.fail("context.type is not Patient");
        }
        if (current.path("context.versionId").asText().isEmpty()) {
            throw Verdict.fail("there is no context.versionId");
        }
        if (!"patient".equals(current.path("context").path(0).path("key").asText())) {
            throw Verdict.fail("context does not have the patient");
        }
    }

    private static void currentEmpty(Session session) {
        session.join(PATIENT_OPEN);
        session.send(session.events().patientOpen());
        session.send(session.events().patientClose());
        JsonNode current = session.current();
        if (!current.path("context.type").isTextual()
                || !current.path("context.type").asText().isEmpty()) {
            throw Verdict.fail("context.type is not empty");
        }
        if (!current.path("context").isArray() || !current.path("context").isEmpty()) {
            throw Verdict.fail("context is no empty array");
        }
    }

    private static void answers(Session session) {
        session.needs(SYNC_ERROR);
        Subscriber watching = session.join(SYNC_ERROR);
        session.join(PATIENT_OPEN);
        session.join(PATIENT_OPEN).answeringAsText();
        String id = session.send(session.events().patientOpen());
        JsonNode error = watching.await(each -> isAbout(each, id), session.silence());
        if (error != null) {
            throw Verdict.fail("a SyncError came");
        }
    }

    private static boolean isAbout(JsonNode message, String id) {
        return message.path("event").path("hub.event").asText().equalsIgnoreCase(SYNC_ERROR)
                && message.toString().contains(id);
    }

    private static void refusal(Session session) {
        session.needs(SYNC_ERROR);
        Subscriber watching = session.join("Patient-open,SyncError");
        session.join(PATIENT_OPEN).answering(409);
        String id = session.send(session.events().patientOpen());
        session.got(watching, id);
        JsonNode error = watching.await(each -> isAbout(each, id), session.patience());
        if (error == null) {
            throw Verdict.fail("no SyncError that names the event came");
        }
        JsonNode outcome = error.path("event").path("context").path(0).path("resource");
        if (!"OperationOutcome".equals(outcome.path("resourceType").asText())) {
            throw Verdict.fail("its context is no OperationOutcome");
        }
        if (!"warning".equals(outcome.path("issue").path(0).path("severity").asText())) {
            throw Verdict.fail("issue.severity is not warning");
        }
    }

    private static void silence(Session session) {
        session.needs(SYNC_ERROR);
        Subscriber watching = session.join(SYNC_ERROR);
        session.join(PATIENT_OPEN).answering(0);
        String id = session.send(session.events().patientOpen());
        if (watching.await(each -> isAbout(each, id), session.silence()) == null) {
            throw Verdict.skip("none came within " + session.silence().toSeconds() + " s");
        }
    }

    private static void relayed(Session session) {
        session.needs(SYNC_ERROR);
        Subscriber watching = session.join(SYNC_ERROR);
        ObjectNode error = session.events().event(SYNC_ERROR);
        ObjectNode item =
                ((ArrayNode) error.path("event").path("context")).addObject().put("key", "operationoutcome");
        item.putObject("resource")
                .put("resourceType", "OperationOutcome")
                .putArray("issue")
                .addObject()
                .put("severity", "warning")
                .put("code", "processing")
                .put("diagnostics", "checker cannot follow");
        session.got(watching, session.send(error));
    }
}
