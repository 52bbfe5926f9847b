package io.prelim.report.neighbour;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import io.prelim.report.settings.ReportSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** Cards of models in service, from inference. */
@ApplicationScoped
public class ModelCards {
    private static final int MOST = 1 << 20;

    private final Neighbour models;

    ModelCards(ReportSettings settings) {
        this.models = new Neighbour(
                "The model service",
                settings.models().url(),
                Optional.empty(),
                settings.models().timeout());
    }

    /**
     * The card of the model that a file is of.
     *
     * @param digest {@code sha256:} and hexadecimal digits
     * @throws Unanswered where it cannot be had
     */
    public JsonNode of(String digest) {
        try {
            return EventJson.mapper().readTree(models.get("/api/models/" + digest + "/card", "application/json", MOST));
        } catch (IOException e) {
            throw new Unanswered(502, "The model service answered what cannot be read.");
        }
    }
}
