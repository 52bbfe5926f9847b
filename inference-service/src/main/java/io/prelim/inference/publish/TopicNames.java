package io.prelim.inference.publish;

import io.prelim.events.Topics;
import io.prelim.inference.lane.Lane;
import java.util.List;

/** Topic and group names with the installation's prefix. */
public record TopicNames(String prefix) {
    /** Records this service could not read; under the access rules of their sources. */
    public static final String PARKED = "inference-parked.v1";

    public String of(String topic) {
        return prefix + topic;
    }

    public String jobs(String deployment, Lane lane) {
        return prefix + Topics.analysisRequested(deployment, lane.priority());
    }

    /** Both job topics of a deployment. */
    public List<String> jobs(String deployment) {
        return List.of(jobs(deployment, Lane.STAT), jobs(deployment, Lane.ROUTINE));
    }

    public String plannerGroup() {
        return prefix + "planner";
    }

    public String workerGroup(String deployment) {
        return prefix + "worker-" + deployment;
    }
}
