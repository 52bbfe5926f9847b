package io.prelim.report.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import io.prelim.events.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Drafts as they are stored. What was stored before there were notices is read; a sentence without its evidence is refused. */
public final class DraftJson {
    private DraftJson() {}

    public static byte[] write(Draft draft) {
        return EventJson.write(draft);
    }

    /** @throws UnreadableEvent if it is no draft, or one of its sentences does not have the evidence its kind needs */
    public static Draft read(String json) throws UnreadableEvent {
        JsonNode draft = EventJson.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        for (String section : List.of("findings", "impression")) {
            draft.path(section).forEach(DraftJson::separate);
        }
        return EventJson.read(EventJson.write(draft), Draft.class);
    }

    /** What was said of an analysis was a claim once. */
    private static void separate(JsonNode sentence) {
        JsonNode evidence = sentence.path("evidence");
        boolean process = sentence.path("kind").asText().equals("claim") && !evidence.isEmpty();
        for (JsonNode each : evidence) {
            process &= each.path("kind").asText().equals("process");
        }
        if (process && sentence instanceof ObjectNode claim) {
            claim.put("kind", "notice");
        }
    }
}
