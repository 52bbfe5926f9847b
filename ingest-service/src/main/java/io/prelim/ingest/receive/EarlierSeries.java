package io.prelim.ingest.receive;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Phi;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.Location;
import io.prelim.store.SegmentLog;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Describes series that came before the index kept what searches ask for, by the header of one of their instances: a few at a look, until none is
 * left. What comes now is described as it is received.
 */
@ApplicationScoped
class EarlierSeries {
    private static final Logger LOG = Logger.getLogger(EarlierSeries.class);
    private static final int BATCH = 50;
    private static final String NOT_DESCRIBED = """
            select q.study_key, q.series_instance_uid, i.transfer_syntax_uid, i.header_length, p.segment, p.position, p.length
            from series q
            left join lateral (
                select transfer_syntax_uid, header_length, header_part from instances
                where study_key = q.study_key and series_instance_uid = q.series_instance_uid limit 1) as i on true
            left join parts p on p.part_id = i.header_part
            where not q.described limit 50
            """;
    private static final String DESCRIBE = """
            with of_study as (
                update study_identity set study_time = coalesce(study_time, ?), study_id = coalesce(study_id, ?),
                    referring_physician = coalesce(referring_physician, ?)
                where study_key = ?
            )
            update series set modality = coalesce(modality, ?), series_number = ?, series_description = ?,
                step_start_date = ?, step_start_time = ?, scheduled_step_id = ?, requested_procedure_id = ?, described = true
            where study_key = ? and series_instance_uid = ?
            """;

    private record Series(UUID studyKey, String uid, String transferSyntaxUid, long headerLength, Location header) {}

    private final DataSource database;
    private final SegmentLog log;
    private final StoreState state;
    private final ReadLimits limits;
    private volatile boolean done;

    EarlierSeries(DataSource database, SegmentLog log, StoreState state, IngestConfig config) {
        this.database = database;
        this.log = log;
        this.state = state;
        this.limits = ReceiveLimits.of(config);
    }

    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (done || !state.isRecovered()) {
            return;
        }
        try {
            done = describe() < BATCH;
        } catch (SQLException | RuntimeException e) {
            // the database is away; its failures are told by whoever needs it now
            LOG.debugf("series not described; reason=%s", OperatorMessage.reason(e));
        }
    }

    /** @return how many were looked at */
    int describe() throws SQLException {
        List<Series> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(NOT_DESCRIBED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Location header = rows.getObject(5) == null
                        ? null
                        : new Location(rows.getLong(5), rows.getLong(6), rows.getLong(7));
                found.add(new Series(
                        rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3), rows.getLong(4), header));
            }
        }
        for (Series series : found) {
            describe(series);
        }
        return found.size();
    }

    private void describe(Series series) throws SQLException {
        ObjectFacts facts = facts(series);
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(DESCRIBE)) {
            update.setString(1, facts.studyTime());
            update.setString(2, reveal(facts.studyId()));
            update.setString(3, reveal(facts.referringPhysician()));
            update.setObject(4, series.studyKey());
            update.setString(5, facts.series().modality());
            update.setObject(6, facts.series().seriesNumber(), java.sql.Types.INTEGER);
            update.setString(7, reveal(facts.series().seriesDescription()));
            update.setString(8, facts.series().stepStartDate());
            update.setString(9, facts.series().stepStartTime());
            update.setString(10, reveal(facts.series().scheduledStepId()));
            update.setString(11, reveal(facts.series().requestedProcedureId()));
            update.setObject(12, series.studyKey());
            update.setString(13, series.uid());
            update.executeUpdate();
        }
    }

    /** Of no header, where there is none that can be read: then nothing is known, and nothing will be. */
    private ObjectFacts facts(Series series) {
        DataSet dataSet = new DataSet();
        if (series.header() != null) {
            try {
                dataSet = LoggedObjects.header(
                        log, series.header(), series.transferSyntaxUid(), series.headerLength(), limits);
            } catch (IOException e) {
                LOG.debugf("header of a series not read; reason=%s", OperatorMessage.reason(e));
            }
        }
        return ObjectFacts.of(dataSet, series.transferSyntaxUid());
    }

    private static String reveal(Phi<String> value) {
        return value == null ? null : value.reveal();
    }
}
