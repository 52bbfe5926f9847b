package io.prelim.bench.drafting;

import io.prelim.testkit.host.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Reports that are there already, written as rows: settled, of three models' findings each, one a minute up to now. */
final class StoredReports {
    private static final int AT_ONCE = 10_000;

    /** {0} and {1}: the first and the last number. */
    private static final List<String> STATEMENTS = List.of("""
            insert into studies (study_key, revision, event)
            select md5('s' || i)::uuid, 1, jsonb_build_object('site', case when i % 3 = 0 then 'north' else 'south' end,
                'subject', jsonb_build_object('ageBand', '65-89', 'sex', 'M'),
                'series', jsonb_build_array(jsonb_build_object('modality', case when i % 4 = 0 then 'CT' else 'DX' end)))
            from generate_series({0}, {1}) i""", """
            insert into outcomes (outcome_id, study_key, status, event)
            select md5('o' || i || '-' || m)::uuid, md5('s' || i)::uuid, 'FINDINGS', jsonb_build_object(
                'studyInstanceUid', '2.25.' || i,
                'analyzedAt', to_char(now() - i * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'model', jsonb_build_object('id', 'stored-' || m, 'version', '1', 'modelDigest', 'sha256:' || m, 'researchOnly', true),
                'findings', jsonb_build_array(jsonb_build_object('findingId', md5('f' || i || '-' || m), 'name', 'thing',
                    'code', jsonb_build_object('scheme', 'SCT', 'value', (233604007 + m)::text, 'meaning', 'Thing'),
                    'presence', case when i % 10 = 0 then 'PRESENT' else 'ABSENT' end, 'probability', (i % 100) / 100.0)))
            from generate_series({0}, {1}) i, generate_series(1, 3) m""", """
            insert into reports (report_key, version, state, status, revision, first_sequence, sequence)
            select md5('r' || i)::uuid, 1, 'SETTLED', 'DRAFT', 1, 10000000000 + i, 10000000000 + i from generate_series({0}, {1}) i""", """
            insert into report_studies (report_key, study_key, study_instance_uid)
            select md5('r' || i)::uuid, md5('s' || i)::uuid, '2.25.' || i from generate_series({0}, {1}) i""", """
            select set_report_findings(md5('r' || i)::uuid, 1, 1, array[md5('o' || i || '-1')::uuid,
                md5('o' || i || '-2')::uuid, md5('o' || i || '-3')::uuid])
            from generate_series({0}, {1}) i""");

    private StoredReports() {}

    static void write(Database database, int count) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            for (int first = 1; first <= count; first += AT_ONCE) {
                int last = Math.min(count, first + AT_ONCE - 1);
                for (String each : STATEMENTS) {
                    statement.execute(
                            each.replace("{0}", Integer.toString(first)).replace("{1}", Integer.toString(last)));
                }
            }
            statement.execute("analyze");
        }
    }
}
