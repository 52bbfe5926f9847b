package io.prelim.chaos.plant;

import io.prelim.chaos.agent.Deed;
import io.prelim.testkit.host.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One planted bug: in ingest's code by the agent, or in a database by a trigger or a constraint that is gone. */
public enum Plant {
    SKIP_SYNC(Deed.SKIP_SYNC),
    ACKNOWLEDGE_EARLY(Deed.ACKNOWLEDGE_EARLY),
    REFUSE_WHAT_IS_STORED(Deed.REFUSE_WHAT_IS_STORED),
    /** The same object again is a second one. */
    DROP_DEDUPE(Where.INGEST, """
            alter table instances drop constraint instances_pkey cascade;
            alter table header_versions drop constraint header_versions_pkey;
            alter table header_versions drop constraint header_versions_issuer_sop_instance_uid_header_digest_key;
            """),
    /** One event in three is never told. */
    LOSE_OUTBOX_ROW(Where.INGEST, trigger("outbox", "insert", """
            if new.topic = 'study-received.v1' and abs(hashtext(new.study_key::text)) % 3 = 0 then return null; end if;
            """)),
    /** What the broker took counts as done. */
    SETTLE_ON_SEND(Where.INGEST, trigger("outbox", "update", """
            if new.sent_at is not null then new.settled_at := coalesce(new.settled_at, now()); end if;
            """)),
    /** A part lies elsewhere than the index says. */
    MISPLACE_PART(Where.INGEST, trigger("parts", "insert", """
            if new.part_class = 'PIXELS' then new.position := new.position + 2; end if;
            """)),
    /** A revision is left out now and then. */
    SKIP_REVISION(Where.INGEST, trigger("ledger", "insert", """
            if new.stage = 'RECEIVED' and abs(hashtext(new.study_key::text)) % 3 = 0 then
                new.revision := new.revision + 1; end if;
            """)),
    /** A study is put off for ever. */
    FORGET_STUDY(Where.INGEST, trigger("studies", "insert", """
            if abs(hashtext(new.study_key::text)) % 3 = 0 then new.due_at := now() + interval '1 year'; end if;
            """)),
    /** What was refused can be fetched as another version. */
    SERVE_REFUSED(Where.INGEST, trigger("quarantine", "insert", """
            update instances set pixels_part = new.pixels_part
                where issuer = new.issuer and sop_instance_uid = new.sop_instance_uid;
            """)),
    /** Whatever is asked for is committed to. */
    COMMIT_ANYTHING(Where.INGEST, trigger("commitment_references", "update", """
            new.failure_reason := 0;
            """)),
    /** Every fourth position of the event log is left out. */
    SKIP_POSITION(Where.REPORT, trigger("event_position", "update", """
            if new.last % 4 = 0 then new.last := new.last + 1; end if;
            """)),
    /** A report's row stays at the revision before. */
    KEEP_OLD_REVISION(Where.REPORT, trigger("reports", "update", """
            if new.revision > 1 then new.revision := 1; end if;
            """));

    private enum Where {
        CODE,
        INGEST,
        REPORT
    }

    private final Deed deed;
    private final Where where;
    private final String sql;

    Plant(Deed deed) {
        this.deed = deed;
        this.where = Where.CODE;
        this.sql = "";
    }

    Plant(Where where, String sql) {
        this.deed = null;
        this.where = where;
        this.sql = sql;
    }

    private static String trigger(String table, String event, String body) {
        return "create function planted() returns trigger language plpgsql as $$ begin " + body
                + " return new; end $$; create trigger planted before " + event + " on " + table
                + " for each row execute function planted();";
    }

    /** Such as {@code skip-sync}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that label. */
    public static Optional<Plant> of(String label) {
        return Arrays.stream(values())
                .filter(plant -> plant.label().equals(label))
                .findFirst();
    }

    /** What the agent must do. */
    public List<Deed> deeds() {
        return deed == null ? List.of() : List.of(deed);
    }

    /** Plants it into the databases, once the services have made their tables. */
    public void sow(Database ingest, Database report) throws SQLException {
        if (where == Where.CODE) {
            return;
        }
        Database database = where == Where.INGEST ? ingest : report;
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
