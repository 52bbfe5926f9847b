package io.prelim.chaos.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.prelim.chaos.send.Answer;
import io.prelim.chaos.send.Committer;
import io.prelim.events.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Decides over the evidence of one run. */
public final class Checker {
    /** What pools that fill as they are used, and classes loaded late, may add to a process that has just started. */
    private static final int MORE_THREADS = 40;

    private static final int MORE_HANDLES = 80;
    private static final int MORE_HEAP_MEBIBYTES = 48;

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Everything that does not hold; empty when all does. */
    public static List<Violation> check(Evidence evidence) {
        Checker checker = new Checker(evidence);
        checker.storedOnce();
        checker.nothingRefusedVisible();
        checker.answeredRight();
        checker.studiesEnd();
        checker.revisions();
        checker.versions();
        checker.positions();
        checker.outbox();
        checker.subscribers();
        checker.commitments();
        checker.nothingStuck();
        checker.nothingLeaked();
        evidence.canaries().forEach(place -> checker.violated(Invariant.NO_CANARY, place));
        return List.copyOf(checker.violations);
    }

    private void storedOnce() {
        Map<String, List<Evidence.Kept>> kept =
                evidence.kept().stream().collect(groupingBy(Evidence.Kept::sopInstanceUid));
        for (Evidence.Sent sent : evidence.sent()) {
            if (!(sent.answer() instanceof Answer.Stored)) {
                continue;
            }
            List<Evidence.Kept> there = kept.getOrDefault(sent.sopInstanceUid(), List.of());
            long equal = there.stream()
                    .filter(one -> one.digest().equals(sent.digest())
                            && one.studyInstanceUid().equals(sent.studyInstanceUid()))
                    .count();
            if (equal != 1) {
                violated(
                        Invariant.STORED_ONCE,
                        name(sent) + " is stored " + equal + " times; its instance has " + there.size() + " versions");
            }
        }
        kept.forEach((uid, versions) -> {
            for (int i = 0; i < versions.size(); i++) {
                if (versions.stream().map(Evidence.Kept::headerVersion).toList().indexOf(i + 1) < 0) {
                    violated(Invariant.STORED_ONCE, "instance " + uid + " has no header version " + (i + 1));
                }
            }
        });
    }

    private void nothingRefusedVisible() {
        Map<String, Set<String>> allowed = evidence.sent().stream()
                .filter(sent -> !(sent.answer() instanceof Answer.Refused))
                .collect(groupingBy(Evidence.Sent::sopInstanceUid, mapping(Evidence.Sent::digest, toSet())));
        for (Evidence.Kept kept : evidence.kept()) {
            if (!allowed.getOrDefault(kept.sopInstanceUid(), Set.of()).contains(kept.digest())) {
                violated(
                        Invariant.NOTHING_REFUSED_VISIBLE,
                        "instance " + kept.sopInstanceUid() + " version " + kept.headerVersion()
                                + " is not what was sent and not refused: " + kept.digest());
            }
        }
    }

    private void answeredRight() {
        for (Evidence.Sent sent : evidence.sent()) {
            if (sent.answer() instanceof Answer.Unknown) {
                violated(Invariant.ANSWERED_RIGHT, name(sent) + " was never answered for good");
            } else if (sent.kind().storable() != (sent.answer() instanceof Answer.Stored)) {
                violated(Invariant.ANSWERED_RIGHT, name(sent) + " was answered " + sent.answer());
            }
        }
    }

    /** Studies of which the sender knows that something is stored. */
    private Map<String, Boolean> acknowledged() {
        Map<String, Boolean> studies = new TreeMap<>();
        for (Evidence.Sent sent : evidence.sent()) {
            if (sent.answer() instanceof Answer.Stored) {
                studies.merge(sent.studyInstanceUid(), sent.image(), Boolean::logicalOr);
            }
        }
        return studies;
    }

    private void studiesEnd() {
        Map<String, List<Evidence.Study>> studies =
                evidence.studies().stream().collect(groupingBy(Evidence.Study::studyInstanceUid));
        Map<String, List<Evidence.Report>> reports =
                evidence.reports().stream().collect(groupingBy(Evidence.Report::studyInstanceUid));
        acknowledged().forEach((uid, images) -> {
            List<Evidence.Study> known = studies.getOrDefault(uid, List.of());
            List<Evidence.Report> written = reports.getOrDefault(uid, List.of()).stream()
                    .filter(report -> report.version() > 0)
                    .toList();
            if (known.size() != 1) {
                violated(Invariant.STUDY_ENDS, "study " + uid + " is known " + known.size() + " times");
            } else if (images) {
                drafted(known.get(0), written);
            } else if (!known.get(0).notAnalyzed()) {
                violated(Invariant.STUDY_ENDS, "study " + uid + " has no image, and nobody says so");
            }
        });
    }

    private void drafted(Evidence.Study study, List<Evidence.Report> reports) {
        if (reports.size() != 1) {
            violated(Invariant.STUDY_ENDS, "study " + study.studyInstanceUid() + " has " + reports.size() + " reports");
            return;
        }
        Evidence.Report report = reports.get(0);
        if (!report.settled() || report.revision() != study.revision() || study.revision() < 1) {
            violated(
                    Invariant.STUDY_ENDS,
                    "study " + study.studyInstanceUid() + " is at revision " + study.revision() + ", its report at "
                            + report.revision() + (report.settled() ? "" : ", not settled"));
        }
    }

    private void revisions() {
        Map<String, List<Integer>> told = evidence.told().stream()
                .collect(groupingBy(Evidence.Told::studyInstanceUid, mapping(Evidence.Told::revision, toList())));
        for (Evidence.Study study : evidence.studies()) {
            List<Integer> revisions = told.getOrDefault(study.studyInstanceUid(), List.of()).stream()
                    .sorted()
                    .toList();
            if (!revisions.equals(upTo(study.revision()))) {
                violated(
                        Invariant.REVISIONS,
                        "study " + study.studyInstanceUid() + " is at revision " + study.revision()
                                + ", its ledger tells of " + revisions);
            }
        }
    }

    private void versions() {
        Map<String, List<Evidence.Version>> all =
                evidence.versions().stream().collect(groupingBy(Evidence.Version::reportKey));
        Map<String, Integer> current = new HashMap<>();
        evidence.reports().forEach(report -> current.put(report.reportKey(), report.version()));
        all.forEach((key, unsorted) -> {
            List<Evidence.Version> versions = unsorted.stream()
                    .sorted(Comparator.comparingInt(Evidence.Version::version))
                    .toList();
            List<Integer> numbers =
                    versions.stream().map(Evidence.Version::version).toList();
            if (!numbers.equals(upTo(current.getOrDefault(key, 0)))) {
                violated(
                        Invariant.VERSIONS,
                        "report " + key + " is at version " + current.get(key) + " and has " + numbers);
            }
            for (int i = 1; i < versions.size(); i++) {
                follows(versions.get(i - 1), versions.get(i));
            }
        });
    }

    private void follows(Evidence.Version before, Evidence.Version after) {
        if (after.sequence() <= before.sequence() || after.revision() < before.revision()) {
            violated(
                    Invariant.VERSIONS,
                    "report " + after.reportKey() + " goes back from version " + before.version() + " to "
                            + after.version());
        }
        if (after.digest().equals(before.digest())) {
            violated(
                    Invariant.VERSIONS,
                    "report " + after.reportKey() + " says the same in versions " + before.version() + " and "
                            + after.version());
        }
    }

    private void positions() {
        long next = 1;
        for (long position : evidence.positions()) {
            if (position != next) {
                violated(
                        Invariant.VERSIONS,
                        "position " + position + " of the event log stands where " + next + " should");
                return;
            }
            next++;
        }
    }

    private void outbox() {
        Map<String, Integer> rows = new HashMap<>();
        for (Evidence.Outbox row : evidence.outbox()) {
            String name = row.topic() + " of study " + row.studyInstanceUid() + " revision " + row.revision();
            rows.merge(name, 1, Integer::sum);
            if (!row.effect()) {
                violated(Invariant.OUTBOX, name + " has had no effect");
            }
            if (row.refusal() != null) {
                violated(Invariant.OUTBOX, name + " was refused: " + row.refusal());
            }
        }
        for (Evidence.Told told : evidence.told()) {
            for (String topic : List.of(Topics.STUDY_RECEIVED, Topics.PATIENT_CONTEXT)) {
                String name = topic + " of study " + told.studyInstanceUid() + " revision " + told.revision();
                if (rows.getOrDefault(name, 0) != 1) {
                    violated(Invariant.OUTBOX, name + " is in the outbox " + rows.getOrDefault(name, 0) + " times");
                }
            }
        }
    }

    private void subscribers() {
        Map<String, Evidence.Delivery> seen = new HashMap<>();
        Map<String, Integer> newest = new HashMap<>();
        for (Evidence.Delivery delivery : evidence.deliveries()) {
            Evidence.Delivery before = seen.putIfAbsent(delivery.id(), delivery);
            if (before != null && !before.equals(delivery)) {
                violated(Invariant.SUBSCRIBERS, "event " + delivery.id() + " came twice, and not the same");
            } else if (before == null) {
                Integer last = newest.put(delivery.key(), delivery.version());
                if (last != null && last > delivery.version()) {
                    violated(
                            Invariant.SUBSCRIBERS,
                            "report " + delivery.key() + " came at version " + delivery.version() + " after " + last);
                }
            }
        }
        if (!evidence.stream().equals(evidence.positions())) {
            violated(
                    Invariant.SUBSCRIBERS,
                    "the stream told of " + evidence.stream().size() + " events, the log has "
                            + evidence.positions().size() + "; first difference at position "
                            + firstDifference(evidence.stream(), evidence.positions()));
        }
    }

    private static long firstDifference(List<Long> some, List<Long> others) {
        int both = Math.min(some.size(), others.size());
        for (int i = 0; i < both; i++) {
            if (!some.get(i).equals(others.get(i))) {
                return others.get(i);
            }
        }
        return both + 1L;
    }

    private void commitments() {
        Map<String, Set<String>> kept = evidence.kept().stream()
                .collect(groupingBy(Evidence.Kept::sopInstanceUid, mapping(Evidence.Kept::digest, toSet())));
        Map<String, Set<String>> sent = evidence.sent().stream()
                .collect(groupingBy(Evidence.Sent::sopInstanceUid, mapping(Evidence.Sent::digest, toSet())));
        for (Committer.Commitment commitment : evidence.commitments()) {
            if (commitment.results() == 0) {
                violated(
                        Invariant.COMMITMENT,
                        "of " + commitment.stored().size() + " instances with " + commitment.neverSent()
                                + " nothing was told");
            }
            for (String uid : commitment.committed()) {
                Set<String> there = kept.getOrDefault(uid, Set.of());
                if (sent.getOrDefault(uid, Set.of()).stream().noneMatch(there::contains)) {
                    violated(Invariant.COMMITMENT, "instance " + uid + " was committed to, and is not stored");
                }
            }
            commitment.failed().stream()
                    .filter(commitment.stored()::contains)
                    .forEach(uid -> violated(
                            Invariant.COMMITMENT,
                            "instance " + uid + " was answered with success, and not committed to"));
        }
    }

    private void nothingStuck() {
        Evidence.Leftovers left = evidence.leftovers();
        stuck(left.dueStudies(), "studies wait for their assembly");
        stuck(left.reportOutbox(), "changes of reports wait in the outbox");
        stuck(left.awaitedDeadlines(), "reports wait for an answer");
        stuck(left.parked(), "records are parked that are no poison");
    }

    private void nothingLeaked() {
        if (evidence.leftovers().openTransactions() != 0) {
            violated(
                    Invariant.NOTHING_LEAKED,
                    evidence.leftovers().openTransactions() + " transactions of the services are still open");
        }
        Map<String, Evidence.Footprint> first = new HashMap<>();
        evidence.atFirst().forEach(one -> first.put(one.service(), one));
        for (Evidence.Footprint last : evidence.atLast()) {
            Evidence.Footprint before = first.get(last.service());
            leaked(last.service(), "threads", before.threads(), last.threads(), MORE_THREADS);
            leaked(last.service(), "open handles", before.handles(), last.handles(), MORE_HANDLES);
            leaked(
                    last.service(),
                    "MiB of live heap",
                    before.heapMebibytes(),
                    last.heapMebibytes(),
                    MORE_HEAP_MEBIBYTES);
        }
    }

    private void leaked(String service, String what, int before, int after, int more) {
        if (after > before + more) {
            violated(Invariant.NOTHING_LEAKED, service + " has " + after + " " + what + ", and began with " + before);
        }
    }

    private void stuck(long count, String words) {
        if (count != 0) {
            violated(Invariant.NOTHING_STUCK, count + " " + words);
        }
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static String name(Evidence.Sent sent) {
        return "parcel " + sent.parcel() + " (" + sent.kind().label() + ", instance " + sent.sopInstanceUid() + ")";
    }

    private void violated(Invariant invariant, String detail) {
        violations.add(new Violation(invariant, detail));
    }
}
