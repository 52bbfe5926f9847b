package io.prelim.report.publish;

import io.prelim.events.CloudEvent;
import java.util.concurrent.CompletionStage;

/** Sends one event to the topic of its type. */
interface EventSender {
    /** Completes when the broker has acknowledged; fails when it has not and will not. */
    CompletionStage<Void> send(CloudEvent event);
}
