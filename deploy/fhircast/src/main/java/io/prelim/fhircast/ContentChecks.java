package io.prelim.fhircast;

import static io.prelim.fhircast.Events.REPORT_CLOSE;
import static io.prelim.fhircast.Events.REPORT_OPEN;
import static io.prelim.fhircast.Events.REPORT_SELECT;
import static io.prelim.fhircast.Events.REPORT_UPDATE;
import static io.prelim.fhircast.Events.delete;
import static io.prelim.fhircast.Events.updates;
import static io.prelim.fhircast.Events.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Content sharing: what is shared in an open report, by whom ever. */
final class ContentChecks {
    private static final String SHARING = "FHIRcast 2.10";
    private static final String UPDATING = "FHIRcast 2.10, IHE RAD-150";
    private static final String OBSERVATION = "made-up-1";

    static final List<Check> ALL = List.of(
            Check.of(
                    "open-has-version",
                    SHARING,
                    "DiagnosticReport-open is distributed with a context.versionId of the hub's",
                    session -> opened(session, REPORT_OPEN)),
            Check.of(
                    "update-distributed",
                    SHARING,
                    "an update is distributed with a new context.versionId, the one before as context.priorVersionId, and"
                            + " its Bundle's id",
                    ContentChecks::distributed),
            refusing(
                    "stale-update-refused",
                    "that names a version before",
                    (session, current) -> session.events()
                            .update(Events.id(), session.events().report(), updates(put(session)))),
            refusing(
                    "update-without-version-refused",
                    "without context.versionId",
                    (session, current) ->
                            session.events().update(null, session.events().report(), updates(put(session)))),
            refusing(
                    "updates-required",
                    "without updates",
                    (session, current) ->
                            session.events().update(current, session.events().report())),
            refusing(
                    "one-bundle-alone",
                    "with two Bundles",
                    (session, current) -> session.events()
                            .update(current, session.events().report(), updates(put(session)), updates(put(session)))),
            refusing(
                    "report-required",
                    "without report",
                    (session, current) -> session.events().update(current, updates(put(session)))),
            refusing(
                    "resource-once",
                    "with a resource twice in its Bundle",
                    (session, current) -> session.events()
                            .update(current, session.events().report(), updates(put(session), put(session)))),
            refusing(
                    "patient-stays",
                    "that deletes the patient",
                    (session, current) -> session.events()
                            .update(
                                    current,
                                    session.events().report(),
                                    updates(delete(session.events().patientReference())))),
            Check.of(
                    "update-atomic",
                    UPDATING,
                    "of an update with one entry that cannot be applied nothing is applied",
                    ContentChecks::atomic),
            Check.of(
                    "content-in-current-context",
                    "FHIRcast 2.9, IHE RAD-153",
                    "the current context has one Bundle of type collection with what was put and not deleted, without request",
                    ContentChecks::content),
            Check.of(
                    "close-forgets-content",
                    SHARING,
                    "a report that is closed and opened again has no content",
                    ContentChecks::closed),
            Check.of(
                    "reopen-keeps-content",
                    "IHE RAD-148",
                    "a report that is opened again without being closed keeps its content",
                    ContentChecks::reopened),
            Check.of(
                    "select-distributed",
                    "FHIRcast 3.6.4",
                    "DiagnosticReport-select comes to every subscriber",
                    ContentChecks::selected));

    private ContentChecks() {}

    private static Check refusing(String name, String what, BadUpdate bad) {
        return Check.of(name, UPDATING, "an update " + what + " is answered 4xx, and nobody gets it", session -> {
            Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE + "," + REPORT_CLOSE);
            ObjectNode update = bad.of(session, open.version);
            session.refused(update, "it");
            session.got(open.subscriber, session.send(session.events().reportClose()));
            if (open.subscriber.awaitId(update.path("id").asText(), Duration.ZERO) != null) {
                throw Verdict.fail("it was distributed all the same");
            }
        });
    }

    private static Open opened(Session session, String events) {
        session.needs(REPORT_UPDATE);
        Subscriber subscriber = session.join(events);
        JsonNode event = session.got(subscriber, session.send(session.events().reportOpen()));
        if (version(event).isEmpty()) {
            throw Verdict.fail("the open event has no context.versionId");
        }
        return new Open(subscriber, version(event));
    }

    private static ObjectNode put(Session session) {
        return session.events().put(OBSERVATION, "first");
    }

    private static void distributed(Session session) {
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE);
        Subscriber other = session.join(REPORT_UPDATE);
        ObjectNode bundle = updates(put(session));
        String id = session.send(
                session.events().update(open.version, session.events().report(), bundle));
        for (Subscriber each : List.of(open.subscriber, other)) {
            JsonNode event = session.got(each, id);
            if (version(event).isEmpty() || version(event).equals(open.version)) {
                throw Verdict.fail("context.versionId is not new");
            }
            if (!open.version.equals(
                    event.path("event").path("context.priorVersionId").asText())) {
                throw Verdict.fail("context.priorVersionId is not the version before");
            }
            if (!event.toString().contains(bundle.path("resource").path("id").asText())) {
                throw Verdict.fail("its Bundle has another id");
            }
        }
    }

    private static void atomic(Session session) {
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE);
        ObjectNode bad = session.events().put("made-up-2", "second");
        ((ObjectNode) bad.get("request")).put("method", "PATCH");
        session.refused(
                session.events().update(open.version, session.events().report(), updates(put(session), bad)), "it");
        if (session.current().toString().contains(OBSERVATION)) {
            throw Verdict.fail("the entry before it was applied");
        }
        // the version has not moved either
        session.send(session.events().update(open.version, session.events().report(), updates(put(session))));
    }

    private static void content(Session session) {
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE);
        String next = update(
                session, open, open.version, put(session), session.events().put("made-up-2", "second"));
        String last = update(session, open, next, delete("Observation/" + OBSERVATION));
        JsonNode current = session.current();
        if (!last.equals(current.path("context.versionId").asText())) {
            throw Verdict.fail("context.versionId is not that of the last update");
        }
        JsonNode bundle = bundle(current);
        if (!"collection".equals(bundle.path("type").asText())) {
            throw Verdict.fail("its type is not collection");
        }
        if (!bundle.toString().contains("made-up-2")) {
            throw Verdict.fail("what was put is not in it");
        }
        if (bundle.toString().contains(OBSERVATION)) {
            throw Verdict.fail("what was deleted is in it");
        }
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.has("request")) {
                throw Verdict.fail("an entry has a request");
            }
        }
    }

    private static JsonNode bundle(JsonNode current) {
        for (JsonNode item : current.path("context")) {
            if ("content".equals(item.path("key").asText())) {
                return item.path("resource");
            }
        }
        throw Verdict.fail("the current context has no key content");
    }

    private static void closed(Session session) {
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE);
        update(session, open, open.version, put(session));
        session.send(session.events().reportClose());
        session.send(session.events().reportOpen());
        if (bundle(session.current()).toString().contains(OBSERVATION)) {
            throw Verdict.fail("what was shared before is in it");
        }
    }

    private static void reopened(Session session) {
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE);
        update(session, open, open.version, put(session));
        session.send(session.events().reportOpen());
        if (!bundle(session.current()).toString().contains(OBSERVATION)) {
            throw Verdict.fail("what was shared before is not in it");
        }
    }

    private static void selected(Session session) {
        session.needs(REPORT_SELECT);
        Open open = opened(session, REPORT_OPEN + "," + REPORT_UPDATE + "," + REPORT_SELECT);
        update(session, open, open.version, put(session));
        session.got(
                open.subscriber,
                session.send(session.events()
                        .event(
                                REPORT_SELECT,
                                session.events().report(),
                                session.events().select("Observation/" + OBSERVATION))));
    }

    private static String update(Session session, Open open, String version, ObjectNode... entries) {
        return version(session.got(
                open.subscriber,
                session.send(session.events().update(version, session.events().report(), updates(entries)))));
    }

    /** A report that was opened, as somebody was told. */
    private record Open(Subscriber subscriber, String version) {}

    private interface BadUpdate {
        ObjectNode of(Session session, String version);
    }
}
