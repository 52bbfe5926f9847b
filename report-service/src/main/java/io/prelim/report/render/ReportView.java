package io.prelim.report.render;

import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.PlainText;
import io.prelim.report.draft.Sentence;
import io.prelim.report.template.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One version of a report for those who may read it: identified, so never logged.
 *
 * @param statusText {@link StandardStatus#text()}
 * @param readers    who reviewed and signed what it says, the earliest first; empty while it is a draft
 * @param sequence   of the version in the event log
 * @param patient    null while the context is not known
 * @param procedure  that was ordered, as mapped; null, and left out, where nobody says, or nobody mapped it
 * @param orders     that the study was made for, the latest first; null, and left out, where none is known
 * @param signed     what was signed in the reporting system when the version was written, the latest last
 * @param sections   all six, in the order of the template
 * @param template   null, and left out, of a version written before there were templates
 * @param reading    null, and left out, while the words follow the facts
 */
public record ReportView(
        UUID reportKey,
        int version,
        long sequence,
        ReportChanged.Status status,
        String statusText,
        List<Attestation> readers,
        boolean settled,
        Priority priority,
        boolean synthetic,
        int revision,
        String language,
        UUID studyKey,
        String studyInstanceUid,
        Instant createdAt,
        Patient patient,
        Code procedure,
        List<Order> orders,
        List<Signed> signed,
        List<SectionView> sections,
        Draft.FromTemplate template,
        Reading reading) {

    /** Null where the images and the order do not say. */
    public record Patient(
            Phi<String> name,
            Phi<String> id,
            String issuer,
            Phi<String> birthDate,
            String sex,
            Phi<String> accessionNumber,
            String studyDate) {}

    /** Each null where the order does not say. @param procedure as ordered */
    public record Order(Phi<String> placerNumber, Phi<String> fillerNumber, Code procedure) {}

    /**
     * A report signed in the reporting system, which this draft is not.
     *
     * @param text its words; null where it holds none
     */
    public record Signed(
            UUID signedReportId, String sender, ReportSigned.Status status, Instant signedAt, Phi<String> text) {}

    /** @param sentences empty when there is nothing to say */
    public record SectionView(Section section, List<SentenceView> sentences) {}

    /**
     * @param kind     what it is: only a {@code CLAIM} says what images show
     * @param text     identified where the sentence quotes the context
     * @param evidence never empty
     * @param files    maps and masks behind the evidence; null, and left out, where there are none
     * @param wordedBy the writer whose words a claim is in; null, and left out, for Prelim's own
     */
    public record SentenceView(
            UUID id,
            Kind kind,
            Phi<String> text,
            List<? extends Evidence> evidence,
            List<EvidenceFile> files,
            String wordedBy) {
        /** The reader whose words it is in, by their id; empty where they are no reader's. */
        public Optional<String> author() {
            return evidence.stream()
                    .filter(Evidence.OfReader.class::isInstance)
                    .map(each -> ((Evidence.OfReader) each).by())
                    .findFirst();
        }
    }

    /** What a sentence is. */
    public enum Kind {
        /** What a model said of images. */
        CLAIM,
        /** What became of the analysis. */
        NOTICE,
        /** What was imaged, how, and what it was compared with. */
        DESCRIPTION,
        /** Words of the order or of the images' header. */
        QUOTATION,
        /** Words of the template. */
        TEMPLATE,
        /** Words of a reader. */
        AUTHORED,
        /** Words of a reader, added after the signature; at the end of the impression, and said to be it in its text. */
        ADDENDUM;

        private static Kind of(Sentence sentence) {
            if (sentence instanceof Sentence.Authored) {
                return AUTHORED;
            }
            if (sentence instanceof Sentence.Claim) {
                return CLAIM;
            }
            if (sentence instanceof Sentence.Notice) {
                return NOTICE;
            }
            if (sentence instanceof Sentence.Description) {
                return DESCRIPTION;
            }
            return sentence instanceof Sentence.Quotation ? QUOTATION : TEMPLATE;
        }
    }

    /**
     * What stands beside words that do not follow the facts any more.
     *
     * @param contextChanged whether the patient's data or the order say something else than when the words were frozen
     * @param proposals      what the facts would say otherwise
     * @param discrepancies  what models say otherwise than when it was signed
     */
    public record Reading(boolean contextChanged, List<ProposalView> proposals, List<Held.Discrepancy> discrepancies) {}

    /**
     * @param id       of the proposal
     * @param sentence what is proposed; null, and left out, where one is gone
     */
    public record ProposalView(
            UUID id, Held.Proposal.Kind kind, Section section, UUID sentenceId, SentenceView sentence) {}

    /**
     * What a draft names but does not hold; identified.
     *
     * @param quoted   the context that its quotations are of; null without one
     * @param authored words of readers, by their id
     * @param done     by readers until this version, the earliest first
     */
    public record Words(PatientContext quoted, Map<UUID, Phi<String>> authored, List<Attestation> done) {}

    /** @param href of this version, on this service; answered 404 when the file is not there */
    public record EvidenceFile(UUID findingId, String href, long length, String digest) {}

    /** One in which no reader wrote. */
    public static ReportView of(
            UUID reportKey,
            int version,
            long sequence,
            ReportChanged.Status status,
            Instant createdAt,
            Draft draft,
            PatientContext context,
            List<ReportSigned> signed) {
        Words words = new Words(context, Map.of(), List.of());
        return of(reportKey, version, sequence, status, createdAt, draft, context, signed, words);
    }

    /**
     * @param context the one the draft's {@code contextDigest} names; null without one
     * @param signed  what was signed of its study, the latest last
     */
    public static ReportView of(
            UUID reportKey,
            int version,
            long sequence,
            ReportChanged.Status status,
            Instant createdAt,
            Draft draft,
            PatientContext context,
            List<ReportSigned> signed,
            Words words) {
        List<SectionView> sections = new ArrayList<>();
        draft.sections().forEach((section, sentences) -> {
            List<SentenceView> views = new ArrayList<>();
            sentences.forEach(sentence -> views.add(view(reportKey, version, sentence, words, draft.language())));
            if (section == Section.IMPRESSION) {
                draft.addenda().forEach(each -> views.add(addendum(each, words, draft.language())));
            }
            sections.add(new SectionView(section, List.copyOf(views)));
        });
        return new ReportView(
                reportKey,
                version,
                sequence,
                status,
                StandardStatus.of(status).text(),
                Attestation.of(status, words.done()),
                draft.settled(),
                draft.priority(),
                draft.synthetic(),
                draft.revision(),
                draft.language(),
                draft.studyKey(),
                draft.studyInstanceUid(),
                createdAt,
                patient(context),
                context == null ? null : context.procedure(),
                orders(context),
                signed.stream()
                        .filter(each -> draft.signedReportIds().contains(each.signedReportId()))
                        .map(each -> new Signed(
                                each.signedReportId(), each.sender(), each.status(), each.signedAt(), each.text()))
                        .toList(),
                List.copyOf(sections),
                draft.template(),
                reading(reportKey, version, draft, new Words(context, words.authored(), List.of())));
    }

    private static SentenceView view(UUID reportKey, int version, Sentence sentence, Words words, String language) {
        return new SentenceView(
                sentence.id(),
                Kind.of(sentence),
                text(sentence, words, language),
                sentence.evidence(),
                files(reportKey, version, sentence),
                sentence instanceof Sentence.Claim claim ? claim.wordedBy() : null);
    }

    private static SentenceView addendum(Sentence.Authored addendum, Words words, String language) {
        return new SentenceView(
                addendum.id(),
                Kind.ADDENDUM,
                Phi.of(Labels.in(language)
                        .of("addendum", text(addendum, words, language).reveal())),
                addendum.evidence(),
                null,
                null);
    }

    /** @param newest what a proposal would quote */
    private static Reading reading(UUID reportKey, int version, Draft draft, Words newest) {
        Held held = draft.held();
        if (held == null) {
            return null;
        }
        return new Reading(
                held.contextChanged(),
                held.proposals().stream()
                        .map(each -> new ProposalView(
                                each.id(),
                                each.kind(),
                                each.section(),
                                each.sentenceId(),
                                each.sentence() == null
                                        ? null
                                        : view(reportKey, version, each.sentence(), newest, draft.language())))
                        .toList(),
                held.discrepancies());
    }

    /** The same without what stands beside it: as it goes to others. */
    public ReportView alone() {
        return new ReportView(
                reportKey,
                version,
                sequence,
                status,
                statusText,
                readers,
                settled,
                priority,
                synthetic,
                revision,
                language,
                studyKey,
                studyInstanceUid,
                createdAt,
                patient,
                procedure,
                orders,
                signed,
                sections,
                template,
                null);
    }

    /** Of the label above it: a report that was signed is not preliminary. */
    String titleKey() {
        return switch (status) {
            case SIGNED, ADDENDED, CORRECTED -> "title.signed";
            default -> "title";
        };
    }

    /** What models found in this study and sentences rest on, each once, in the order of the sentences. */
    public List<Evidence.OfFinding> findings() {
        Map<UUID, Evidence.OfFinding> findings = new LinkedHashMap<>();
        sections.stream()
                .flatMap(section -> section.sentences().stream())
                .flatMap(sentence -> sentence.evidence().stream())
                .filter(Evidence.OfFinding.class::isInstance)
                .map(Evidence.OfFinding.class::cast)
                .forEach(finding -> findings.putIfAbsent(finding.findingId(), finding));
        return List.copyOf(findings.values());
    }

    /** The models of the findings, each once. */
    public List<ModelReference> models() {
        return findings().stream().map(Evidence.OfFinding::model).distinct().toList();
    }

    private static List<EvidenceFile> files(UUID reportKey, int version, Sentence sentence) {
        List<EvidenceFile> files = new ArrayList<>();
        for (Evidence evidence : sentence.evidence()) {
            if (evidence instanceof Evidence.OfFinding finding && finding.part() != null) {
                files.add(new EvidenceFile(
                        finding.findingId(),
                        "/api/reports/" + reportKey + "/evidence/" + finding.findingId() + "?version=" + version,
                        finding.part().length(),
                        finding.part().digest()));
            }
        }
        return files.isEmpty() ? null : List.copyOf(files);
    }

    private static Phi<String> text(Sentence sentence, Words words, String language) {
        if (sentence instanceof Sentence.Authored authored) {
            Phi<String> written = words.authored().get(authored.wordsId());
            return written == null ? Phi.of(Labels.in(language).of("not-available")) : written;
        }
        if (sentence instanceof Sentence.Quotation quotation) {
            Phi<String> quoted = quotation.field().in(words.quoted());
            return quoted == null ? Phi.of(Labels.in(language).of("not-available")) : quoted;
        }
        return Phi.of(((Sentence.Worded) sentence).text());
    }

    private static List<Order> orders(PatientContext context) {
        if (context == null || context.orders() == null) {
            return null;
        }
        return context.orders().stream()
                .map(order -> new Order(
                        plain(order.placerOrderNumber()), plain(order.fillerOrderNumber()), order.procedure()))
                .toList();
    }

    private static Patient patient(PatientContext context) {
        if (context == null) {
            return null;
        }
        return new Patient(
                plain(context.patientName()),
                plain(context.patientId()),
                plain(context.issuer()),
                plain(context.birthDate()),
                plain(context.sex()),
                plain(context.accessionNumber()),
                plain(context.studyDate()));
    }

    private static Phi<String> plain(Phi<String> value) {
        return value == null ? null : Phi.ofNullable(plain(value.reveal()));
    }

    private static String plain(String value) {
        String plain = PlainText.of(value);
        return plain.isEmpty() ? null : plain;
    }
}
