package io.prelim.report.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Prior;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was found in this study and the patient's earlier ones, thing by thing. It names nobody; reports are the handles.
 *
 * @param studies the oldest first; this report's last
 * @param things  those of this study first, as its report has them
 */
public record History(UUID reportKey, List<Study> studies, List<Thing> things) {
    /** One study. @param studyDate {@code yyyyMMdd}; null, and left out, where nobody says */
    public record Study(UUID reportKey, int version, String studyDate) {}

    /**
     * One code at one site on one side.
     *
     * @param name   of one of its findings, for where the code has no meaning
     * @param points in the order of the studies; several of a study where several findings are of it
     */
    public record Thing(Code code, String name, Code site, String laterality, List<Point> points) {}

    /**
     * One finding.
     *
     * @param probability 0 to 1; of a finding that is measured 1 or 0, as the measure says
     */
    public record Point(
            UUID reportKey,
            UUID findingId,
            String model,
            Finding.Presence presence,
            double probability,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding.Measurement> measurements) {}

    private record Key(Object what, Object site, String side) {
        /** A name without a code is its model's own. */
        static Key of(ModelReference model, String name, Code code, Code site, String side) {
            return new Key(
                    code == null ? List.of(model.deployment(), name) : value(code),
                    site == null ? "" : value(site),
                    side);
        }

        private static Object value(Code code) {
            return List.of(code.scheme(), code.value());
        }
    }

    /** @param priors earlier studies, the newest first */
    public static History of(ReportView report, List<Prior> priors) {
        List<Study> studies = new ArrayList<>();
        Map<Key, List<Point>> points = new LinkedHashMap<>();
        Map<Key, Thing> things = new LinkedHashMap<>();
        for (Evidence.OfFinding finding : report.findings()) {
            Key key = Key.of(finding.model(), finding.name(), finding.code(), finding.site(), finding.laterality());
            points.putIfAbsent(key, new ArrayList<>());
            things.putIfAbsent(
                    key, new Thing(finding.code(), finding.name(), finding.site(), finding.laterality(), List.of()));
        }
        for (int i = priors.size() - 1; i >= 0; i--) {
            Prior prior = priors.get(i);
            studies.add(new Study(prior.reportKey(), prior.version(), prior.studyDate()));
            for (StudyAnalyzed outcome : prior.outcomes()) {
                for (Finding finding : outcome.findings()) {
                    Key key = Key.of(
                            outcome.model(), finding.name(), finding.code(), finding.site(), finding.laterality());
                    things.putIfAbsent(
                            key,
                            new Thing(finding.code(), finding.name(), finding.site(), finding.laterality(), List.of()));
                    points.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(new Point(
                                    prior.reportKey(),
                                    finding.findingId(),
                                    name(outcome.model()),
                                    finding.presence(),
                                    finding.probability(),
                                    finding.measurements()));
                }
            }
        }
        studies.add(new Study(
                report.reportKey(),
                report.version(),
                report.patient() == null ? null : report.patient().studyDate()));
        for (Evidence.OfFinding finding : report.findings()) {
            points.get(Key.of(finding.model(), finding.name(), finding.code(), finding.site(), finding.laterality()))
                    .add(new Point(
                            report.reportKey(),
                            finding.findingId(),
                            name(finding.model()),
                            finding.presence(),
                            finding.probability(),
                            finding.measurements()));
        }
        List<Thing> told = new ArrayList<>();
        things.forEach((key, thing) -> told.add(
                new Thing(thing.code(), thing.name(), thing.site(), thing.laterality(), List.copyOf(points.get(key)))));
        return new History(report.reportKey(), List.copyOf(studies), List.copyOf(told));
    }

    private static String name(ModelReference model) {
        return (model.id() == null ? model.deployment() : model.id()) + " " + model.version();
    }
}
