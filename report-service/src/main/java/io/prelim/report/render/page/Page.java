package io.prelim.report.render.page;

import io.prelim.report.draft.Evidence;
import io.prelim.report.render.Beside;
import io.prelim.report.render.EvidenceLines;
import io.prelim.report.render.Heading;
import io.prelim.report.render.History;
import io.prelim.report.render.Labels;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.StandardStatus;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the template fills in, all of it text. Identified.
 *
 * @param draft whether nobody has reviewed it
 * @param report which it is, for the foot of each page
 * @param style the page's own style sheet
 * @param print whether it is for paper: evidence is listed at the end, and nothing is a link
 * @param history null without an earlier study
 * @param each  the name of one sentence's evidence
 * @param notes all evidence, numbered from 1, in the order of the sentences
 */
public record Page(
        String language,
        boolean draft,
        String title,
        String status,
        String report,
        List<Heading.Line> banners,
        List<Heading.Line> fields,
        List<Part> sections,
        List<Note> notes,
        Table history,
        String evidence,
        String each,
        String map,
        String nothing,
        RawString style,
        boolean print) {
    /** What neither XML nor a page may hold. */
    private static final Pattern UNFIT =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    /** A section. @param beside whether it stands beside the report and is not of it */
    public record Part(String name, boolean beside, List<Words> sentences) {}

    /**
     * A sentence.
     *
     * @param lead       what it is about; null of the report's own
     * @param text       null where there is a lead alone
     * @param references to the notes, such as {@code 1, 3}
     */
    public record Words(String lead, String text, String references, List<Note> notes, List<Link> maps) {
        private static Words of(String text) {
            return new Words(null, fit(text), "", List.of(), List.of());
        }
    }

    /** One piece of evidence. */
    public record Note(int number, List<String> lines) {}

    /** What was found over time. @param days of the studies, the oldest first */
    public record Table(String name, String thing, String course, List<String> days, List<Trend> rows) {}

    /** @param digest of the file */
    public record Link(String href, String digest) {}

    /** @param history null for none */
    static Page of(ReportView report, History history, String style, boolean print) {
        Labels labels = Labels.in(report.language());
        Heading heading = Heading.of(report);
        Map<Evidence, Note> notes = new LinkedHashMap<>();
        List<Part> sections = new ArrayList<>();
        for (ReportView.SectionView section : report.sections()) {
            sections.add(new Part(
                    labels.of("section." + section.section().name()),
                    false,
                    section.sentences().stream()
                            .map(sentence -> words(null, sentence, notes))
                            .toList()));
        }
        beside(Beside.of(report), labels, sections, notes);
        Heading.Line first = fit(heading.banners().get(0));
        return new Page(
                fit(report.language()),
                StandardStatus.of(report.status()) == StandardStatus.DRAFT,
                first.label(),
                first.value(),
                labels.of("report") + " " + report.reportKey() + ", " + labels.of("version") + " " + report.version(),
                heading.banners().stream().skip(1).map(Page::fit).toList(),
                heading.fields().stream().map(Page::fit).toList(),
                List.copyOf(sections),
                List.copyOf(notes.values()),
                history == null || history.studies().size() < 2 ? null : table(history, labels),
                labels.of("section.EVIDENCE"),
                labels.of("evidence"),
                labels.of("map"),
                labels.of("not-stated"),
                new RawString(style),
                print);
    }

    private static void beside(Beside beside, Labels labels, List<Part> sections, Map<Evidence, Note> notes) {
        List<Words> proposals = new ArrayList<>();
        if (beside.contextChanged() != null) {
            proposals.add(Words.of(beside.contextChanged()));
        }
        beside.proposals().forEach(each -> proposals.add(words(each.what(), each.sentence(), notes)));
        if (!proposals.isEmpty()) {
            sections.add(new Part(labels.of("section.PROPOSALS"), true, List.copyOf(proposals)));
        }
        if (!beside.discrepancies().isEmpty()) {
            sections.add(new Part(
                    labels.of("section.DISCREPANCIES"),
                    true,
                    beside.discrepancies().stream().map(Words::of).toList()));
        }
    }

    private static Table table(History history, Labels labels) {
        return new Table(
                labels.of("history"),
                labels.of("history.thing"),
                labels.of("history.course"),
                history.studies().stream()
                        .map(study -> fit(Heading.date(study.studyDate())))
                        .toList(),
                history.things().stream().map(thing -> Trend.of(history, thing)).toList());
    }

    /** @param sentence null for a lead alone */
    private static Words words(String lead, ReportView.SentenceView sentence, Map<Evidence, Note> notes) {
        if (sentence == null) {
            return new Words(lead, null, "", List.of(), List.of());
        }
        List<Note> own = new ArrayList<>();
        for (Evidence evidence : sentence.evidence()) {
            Note note = notes.get(evidence);
            if (note == null) {
                note = new Note(
                        notes.size() + 1,
                        EvidenceLines.of(evidence).stream().map(Page::fit).toList());
                notes.put(evidence, note);
            }
            own.add(note);
        }
        List<Link> maps = sentence.files() == null
                ? List.of()
                : sentence.files().stream()
                        .map(file -> new Link(file.href(), fit(file.digest())))
                        .toList();
        return new Words(
                lead,
                fit(sentence.text().reveal()),
                String.join(
                        ", ",
                        own.stream()
                                .map(note -> Integer.toString(note.number()))
                                .toList()),
                List.copyOf(own),
                maps);
    }

    private static Heading.Line fit(Heading.Line line) {
        return new Heading.Line(fit(line.label()), fit(line.value()));
    }

    static String fit(String text) {
        return UNFIT.matcher(text).replaceAll("\uFFFD");
    }
}
