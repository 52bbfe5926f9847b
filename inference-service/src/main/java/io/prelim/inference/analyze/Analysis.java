package io.prelim.inference.analyze;

import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.EventJson;
import io.prelim.events.PartClass;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Reason;
import io.prelim.events.StudyAnalyzed.Status;
import io.prelim.events.StudyManifest;
import io.prelim.events.StudyManifest.Image;
import io.prelim.events.UnreadableEvent;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.interpret.Answer;
import io.prelim.inference.interpret.UnreadableOutput;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.Preparation;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.parts.Parts;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.prepare.UnpreparedImage;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Analyses one job after the other for one deployment. An image that cannot be read fails the whole answer: an answer for part of a
 * study would be taken for an answer for all of it. Not thread-safe but for {@link #retire}: each worker thread has its own.
 */
public final class Analysis {
    private final ModelPackage modelPackage;
    private final Model model;
    private final Parts parts;
    private final Optional<EvidenceKeeping> evidence;
    private final InstantSource clock;
    private final PixelLimits limits;
    private volatile boolean retired;
    private int attempts;
    private @Nullable String provider;

    /** One whose answers come without evidence. */
    public Analysis(ModelPackage modelPackage, Model model, Parts parts, InstantSource clock) {
        this(modelPackage, model, parts, Optional.empty(), clock);
    }

    public Analysis(
            ModelPackage modelPackage,
            Model model,
            Parts parts,
            Optional<EvidenceKeeping> evidence,
            InstantSource clock) {
        this.modelPackage = modelPackage;
        this.model = model;
        this.parts = parts;
        this.evidence = evidence;
        this.clock = clock;
        this.limits = limits(modelPackage.manifest().limits());
    }

    /** The model's own, and no decode may take longer than the model claims for a study. */
    private static PixelLimits limits(ModelManifest.Limits limits) {
        Duration usual = PixelLimits.DEFAULT.deadline();
        Duration claimed = limits.answerWithin();
        return PixelLimits.DEFAULT
                .withMaxPixels(limits.maxPixels())
                .withDeadline(claimed.compareTo(usual) < 0 ? claimed : usual);
    }

    /** From any thread: what has not begun is answered {@code failed: model-retired}, what is in hand ends as it would have. */
    public void retire() {
        retired = true;
    }

    /**
     * @param queued how long the job waited
     * @throws InterruptedException if the process must end before there is an answer; the job is then delivered again
     */
    public StudyAnalyzed analyze(AnalysisRequested job, Duration queued) throws InterruptedException {
        StageTimes times = new StageTimes(queued);
        attempts = 1;
        provider = null;
        Answer answer;
        try {
            answer = answer(job, times);
            answer = StoredEvidence.first(answer, evidence, job.deadline());
        } catch (PartUnavailable e) {
            answer = new Answer.Failed(e.reason());
        } catch (UnpreparedImage e) {
            answer = new Answer.Failed(e.reason());
        } catch (UnreadableOutput e) {
            answer = new Answer.Failed(e.reason());
        } catch (ModelFailure e) {
            answer = new Answer.Failed(reason(e.kind()));
            attempts = Math.max(attempts, e.attempts());
            if (e.kind() == ModelFailure.Kind.FAILED) {
                OperatorMessage.ANALYSIS_BROKE.log(
                        e, "outcome", job.outcomeId(), "deployment", modelPackage.deployment());
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            answer = new Answer.Failed(new Reason("internal-error", "The analysis broke unexpectedly."));
            OperatorMessage.ANALYSIS_BROKE.log(e, "outcome", job.outcomeId(), "deployment", modelPackage.deployment());
        }
        return outcome(job, answer, times);
    }

    private static Reason reason(ModelFailure.Kind kind) {
        return switch (kind) {
            case FAILED -> new Reason("model-failed", "The model could not be run.");
            case CRASHED -> new Reason("model-crashed", "The model's process ended twice over the study.");
            case OUT_OF_MEMORY ->
                new Reason("model-out-of-memory", "The model wanted more memory than it may have, twice.");
            case LATE -> new Reason("model-late", "The model did not answer within its time, twice.");
            case QUARANTINED ->
                new Reason("model-quarantined", "The model broke so often that it is not run for a while.");
        };
    }

    private Answer answer(AnalysisRequested job, StageTimes times)
            throws PartUnavailable, UnpreparedImage, UnreadableOutput, ModelFailure, InterruptedException {
        if (retired
                || !job.model().modelDigest().equals(modelPackage.modelDigest())
                || !job.model().manifestDigest().equals(modelPackage.manifestDigest())) {
            return new Answer.Failed(new Reason(
                    "model-retired", "The model the study was planned for is no longer the one in service."));
        }
        Instant now = clock.instant();
        if (now.isAfter(job.deadline())) {
            return new Answer.Failed(new Reason(
                    "no-answer",
                    "The analysis had not begun when its time was over, "
                            + Duration.between(job.plannedAt(), now).toSeconds() + " s after planning."));
        }
        ModelManifest manifest = modelPackage.manifest();
        List<Image> matching = matching(job, studyManifest(job, times));
        if (matching.isEmpty()) {
            return new Answer.NotApplicable(
                    new Reason("no-matching-image", "None of the study's images is of the kind the model reads."));
        }
        if (matching.size() > manifest.selection().maxImages()) {
            return new Answer.NotApplicable(new Reason(
                    "too-many-images",
                    matching.size() + " matching images, at most "
                            + manifest.selection().maxImages() + " are read."));
        }
        Steps steps = steps(job, times);
        if (manifest.input().preparation() instanceof Preparation.Volumetric how) {
            return new VolumeAnswers(modelPackage, how, limits, evidence, steps, times)
                    .answer(job.outcomeId(), matching);
        }
        Preparation.SingleFrame how = (Preparation.SingleFrame) manifest.input().preparation();
        Instant claimed = now.plus(manifest.limits().answerWithin());
        return new FrameAnswers(manifest, how, limits, evidence, clock, steps, times)
                .answer(job.outcomeId(), matching, claimed.isBefore(job.deadline()) ? claimed : job.deadline());
    }

    private Steps steps(AnalysisRequested job, StageTimes times) {
        return new Steps() {
            @Override
            public byte[] fetch(Image image) throws PartUnavailable, InterruptedException {
                return Analysis.this.fetch(job, image, times);
            }

            @Override
            public ModelRun run(Tensor tensor) throws ModelFailure, InterruptedException {
                return Analysis.this.run(tensor, times);
            }
        };
    }

    private byte[] fetch(AnalysisRequested job, Image image, StageTimes times)
            throws PartUnavailable, InterruptedException {
        long start = System.nanoTime();
        byte[] pixels = parts.read(image.pixels(), job.deadline());
        times.fetched(System.nanoTime() - start);
        return pixels;
    }

    private ModelRun run(Tensor tensor, StageTimes times) throws ModelFailure, InterruptedException {
        long start = System.nanoTime();
        ModelRun run = model.run(tensor.values(), tensor.shape());
        attempts = Math.max(attempts, run.attempts());
        provider = run.provider();
        times.ran(run.took().toNanos());
        times.waited(System.nanoTime() - start - run.took().toNanos());
        return run;
    }

    private StudyManifest studyManifest(AnalysisRequested job, StageTimes times)
            throws PartUnavailable, InterruptedException {
        if (job.manifest().partClass() != PartClass.MANIFEST) {
            throw new PartUnavailable("unreadable-manifest", "The job names no manifest part.");
        }
        long start = System.nanoTime();
        byte[] json = parts.read(job.manifest(), job.deadline());
        times.fetched(System.nanoTime() - start);
        try {
            return EventJson.read(json, StudyManifest.class);
        } catch (UnreadableEvent e) {
            throw new PartUnavailable("unreadable-manifest", "The study's manifest part is not readable.");
        }
    }

    private List<Image> matching(AnalysisRequested job, StudyManifest study) {
        Set<String> asked = Set.copyOf(job.sopInstanceUids());
        return study.images().stream()
                .filter(image -> asked.isEmpty() || asked.contains(image.sopInstanceUid()))
                .filter(image -> modelPackage
                        .manifest()
                        .selection()
                        .refusal(image.modality(), image.bodyPart(), image.viewPosition(), image.burnedIn())
                        .isEmpty())
                .toList();
    }

    private StudyAnalyzed outcome(AnalysisRequested job, Answer answer, StageTimes times) {
        Status status = Status.FAILED;
        Reason reason = null;
        if (answer instanceof Answer.Findings) {
            status = Status.FINDINGS;
        } else if (answer instanceof Answer.NotApplicable refused) {
            status = Status.NOT_APPLICABLE;
            reason = refused.reason();
        } else if (answer instanceof Answer.Failed failed) {
            reason = failed.reason();
        }
        return new StudyAnalyzed(
                job.outcomeId(),
                job.studyKey(),
                job.studyInstanceUid(),
                job.revision(),
                job.inputDigest(),
                job.model(),
                status,
                answer instanceof Answer.Findings found ? found.findings() : List.of(),
                reason,
                provider,
                attempts,
                times.timings(),
                clock.instant());
    }
}
