package io.prelim.report.narrative;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.report.desk.DraftingDesk;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.statement.Acceptance;
import io.prelim.report.statement.Written;
import io.prelim.report.store.Narratives;
import io.prelim.report.store.Narratives.Waiting;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the writer for one draft after the other. Beside the drafting: a writer that is slow or away delays no report. What it writes is taken as a whole
 * or not at all; an answer that was refused is not asked for again.
 */
@ApplicationScoped
class Narrator {
    private static final OperatorLog LOG = OperatorLog.of(Narrator.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 6;

    private final Narratives narratives;
    private final DraftingDesk desk;
    private final ReportSettings.Writer settings;
    private final Duration pause;
    private final MeterRegistry registry;
    private OpenAiWriter writer;
    private Repeater repeater;

    Narrator(Narratives narratives, DraftingDesk desk, ReportSettings settings, MeterRegistry registry) {
        this.narratives = narratives;
        this.desk = desk;
        this.settings = settings.writer();
        this.pause = settings.longestPause();
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        if (settings.url().isPresent()) {
            writer = new OpenAiWriter(settings);
            repeater = Repeater.start("narratives", PERIOD, this::work, Narrator::tell);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (repeater != null) {
            repeater.close();
            writer.close();
        }
    }

    private void work() {
        Optional<Waiting> next = claim();
        while (next.isPresent()) {
            word(next.get());
            next = claim();
        }
    }

    /** Longer than an answer may take. */
    private Optional<Waiting> claim() {
        return narratives.claim(settings.timeout().multipliedBy(2));
    }

    private void word(Waiting waiting) {
        Narratives.Narrative asked = waiting.narrative();
        String answer;
        try {
            answer = writer.write(asked.language(), asked.given());
        } catch (OpenAiWriter.Unavailable e) {
            if (waiting.attempt() >= MOST_ATTEMPTS) {
                refuse(asked, "no answer");
            } else {
                count("unavailable");
                narratives.later(asked.baseDigest(), pause.multipliedBy(1L << waiting.attempt()));
            }
            return;
        }
        Optional<List<Written>> written = WriterAnswer.read(answer, asked.given());
        if (written.isEmpty()) {
            refuse(asked, "the answer is not of the form asked for");
            return;
        }
        Acceptance.Verdict verdict = Acceptance.of(asked.language(), asked.given(), written.get());
        if (!verdict.accepted()) {
            refuse(asked, verdict.refusal());
            return;
        }
        narratives.accept(asked.baseDigest(), written.get(), writer.name());
        count("accepted");
        desk.reword(asked.reportKey());
    }

    private void refuse(Narratives.Narrative asked, String why) {
        narratives.refuse(asked.baseDigest(), why, writer.name());
        count("refused");
        LOG.write(OperatorMessage.NARRATIVE_REFUSED, "reportKey", asked.reportKey(), "refusal", why);
    }

    private void count(String result) {
        Counter.builder("prelim.report.narratives")
                .description("answers of the writer")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.NARRATIVES_RESUMED);
        } else {
            LOG.write(OperatorMessage.NARRATIVES_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }
}
