package io.prelim.ingest.reconcile;

import io.prelim.events.Topics;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Standings;
import io.prelim.ingest.ledger.Wait;
import io.prelim.ingest.publish.Outbox;
import io.prelim.ingest.reconcile.StandstillRows.Standstill;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks at one study: what stands still newly is entered and set going once, what does no longer is cleared. */
@ApplicationScoped
class Judge {
    private final Standings standings;
    private final StandstillRows rows;
    private final Ledger ledger;
    private final Outbox outbox;

    Judge(Standings standings, StandstillRows rows, Ledger ledger, Outbox outbox) {
        this.standings = standings;
        this.rows = rows;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /**
     * @param found   newly, and what was done
     * @param cleared what was waited for and is no longer
     */
    record Verdict(List<Found> found, List<Standstill> cleared) {}

    record Found(Wait awaited, Repair repair) {}

    /** One transaction: what is entered was done. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Verdict judge(UUID studyKey) {
        List<Wait> still =
                standings.waits(studyKey).stream().filter(Wait::standingStill).toList();
        return new Verdict(find(studyKey, still), clear(studyKey, still));
    }

    private List<Found> find(UUID studyKey, List<Wait> still) {
        List<Found> found = new ArrayList<>();
        for (Wait wait : still) {
            int times = rows.found(studyKey, wait);
            if (times > 0) {
                Repair repair = repair(studyKey, wait);
                found.add(new Found(wait, repair));
                String detail = wait.what() + " since " + wait.since() + "; " + repair.done();
                ledger.record(studyKey, wait.revision(), Fact.STANDSTILL, detail, wait.what() + ":" + times, null);
            }
        }
        return found;
    }

    private List<Standstill> clear(UUID studyKey, List<Wait> still) {
        List<Standstill> stands = still.stream()
                .map(wait -> new Standstill(wait.what(), wait.revision()))
                .toList();
        List<Standstill> cleared = new ArrayList<>();
        for (Standstill each : rows.of(studyKey)) {
            int times = stands.contains(each) ? 0 : rows.cleared(studyKey, each);
            if (times > 0) {
                cleared.add(each);
                String detail = each.what() + " is no longer waited for";
                ledger.record(studyKey, each.revision(), Fact.MOVED_ON, detail, each.what() + ":" + times, null);
            }
        }
        return cleared;
    }

    private Repair repair(UUID studyKey, Wait wait) {
        Repair repair = Repair.of(wait.what());
        if (repair == Repair.TELL_AGAIN && !outbox.again(studyKey, wait.revision(), Topics.STUDY_RECEIVED)) {
            repair = Repair.ASSEMBLE_ANEW;
        }
        if (repair == Repair.ASSEMBLE_ANEW) {
            rows.assembleAnew(studyKey, wait.revision());
        } else if (repair == Repair.MAKE_DUE) {
            rows.makeDue(studyKey);
        }
        return repair;
    }
}
