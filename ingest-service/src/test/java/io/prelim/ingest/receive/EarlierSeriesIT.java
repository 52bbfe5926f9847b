package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StowClient;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as the migration leaves those of series that came before it. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class EarlierSeriesIT {
    private static final String FORGET_SERIES = """
            update series set series_number = null, series_description = null, step_start_date = null,
                step_start_time = null, scheduled_step_id = null, requested_procedure_id = null, described = false
            where study_key = ?
            """;
    private static final String FORGET_STUDY = """
            update study_identity set study_time = null, study_id = null, referring_physician = null where study_key = ?
            """;
    private static final String KNOWN = """
            select concat_ws('|', q.modality, q.series_number, q.series_description, q.step_start_date,
                q.step_start_time, q.scheduled_step_id, q.requested_procedure_id, n.study_time, n.study_id,
                n.referring_physician, q.described)
            from series q join study_identity n on n.study_key = q.study_key where q.study_key = cast(? as uuid)
            """;

    @Inject
    EarlierSeries series;

    @Inject
    DataSource database;

    private final String study = Uid.random();
    private final UUID key = Ids.study("default", study);

    private void run(String statement) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.setObject(1, key);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN})
    void whatCameBeforeIsDescribedByAHeader(String syntax) throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64)
                .with(Tag.SERIES_NUMBER, "7")
                .with(Tag.SERIES_DESCRIPTION, "of nobody")
                .with(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, "20260103")
                .with(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, "0915")
                .with(Tag.STUDY_TIME, "1015")
                .with(Tag.STUDY_ID, "S1")
                .with(Tag.REFERRING_PHYSICIAN_NAME, "House^Gregory");
        object.dataSet()
                .putSequence(
                        Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                        new DataSet()
                                .putString(Tag.SCHEDULED_PROCEDURE_STEP_ID, "SPS1")
                                .putString(Tag.REQUESTED_PROCEDURE_ID, "RP1"));
        assertThat(new StowClient(RestAssured.port)
                        .store(object.file(TransferSyntax.of(syntax)))
                        .status())
                .isEqualTo(200);
        String received = Rows.of(database, KNOWN, key.toString()).get(0);
        run(FORGET_SERIES);
        run(FORGET_STUDY);

        series.describe(); // unless the service was faster

        assertThat(received).isEqualTo("DX|7|of nobody|20260103|0915|SPS1|RP1|1015|S1|House^Gregory|t");
        assertThat(Rows.of(database, KNOWN, key.toString())).containsExactly(received);
        assertThat(series.describe()).isZero();
    }

    @Test
    void aSeriesWithoutAnInstanceIsLookedAtOnce() throws Exception {
        TestObject object = TestObject.image(study, "1.2.3", 1, 64);
        assertThat(new StowClient(RestAssured.port).store(object.file()).status())
                .isEqualTo(200);
        run("insert into series (study_key, series_instance_uid, described) values (?, '1.2.9', false)");

        series.describe(); // unless the service was faster

        assertThat(series.describe()).isZero();
    }
}
