package io.prelim.access.audit;

import io.prelim.access.Sites;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The table {@code audit_events} of a service's database. In a transaction every call joins it.
 *
 * @param service that records, such as {@code prelim-report}
 */
public record AuditTable(DataSource database, String service) {
    /** Entries removed in one statement. */
    private static final int PAGE = 10_000;

    /** @throws IllegalStateException if it cannot be recorded: then what it tells must not be done either */
    public void append(AuditEntry entry) {
        UUID id = UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into audit_events (event_id, recorded_at, actor, action, refused, site, record_key, event)"
                                + " values (?, ?, ?, ?, ?, ?, ?, cast(? as json))")) {
            insert.setObject(1, id);
            insert.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
            insert.setString(3, entry.caller().name());
            insert.setString(4, entry.action().name());
            insert.setBoolean(5, entry.refused() != null);
            insert.setString(6, entry.site());
            insert.setObject(7, entry.what() == null ? null : entry.what().key(), Types.OTHER);
            insert.setString(8, AuditEvents.json(id, service, entry));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an audit event could not be recorded", e);
        }
    }

    /**
     * Which are asked for; null asks for nothing.
     *
     * @param to     before then
     * @param before {@link Recorded#position} of the last of the page before
     */
    public record Asked(
            Instant from,
            Instant to,
            String actor,
            UUID recordKey,
            AuditEntry.Action action,
            Boolean refused,
            Long before) {}

    /** @param event JSON of the FHIR AuditEvent, as it was recorded; identified */
    public record Recorded(long position, String event) {}

    /** The newest first, of these sites alone. */
    public List<Recorded> find(Asked asked, Sites sites, int limit) {
        StringBuilder conditions = new StringBuilder("true");
        List<Object> values = new ArrayList<>();
        and(conditions, values, "recorded_at >= ?", asked.from == null ? null : asked.from.atOffset(ZoneOffset.UTC));
        and(conditions, values, "recorded_at < ?", asked.to == null ? null : asked.to.atOffset(ZoneOffset.UTC));
        and(conditions, values, "actor = ?", asked.actor);
        and(conditions, values, "record_key = ?", asked.recordKey);
        and(conditions, values, "action = ?", asked.action == null ? null : asked.action.name());
        and(conditions, values, "refused = ?", asked.refused);
        and(conditions, values, "audit_id < ?", asked.before);
        and(conditions, values, "site = any(?)", sites.bound());
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select audit_id, event from audit_events where "
                        + conditions + " order by audit_id desc limit ?")) {
            int index = 1;
            for (Object value : values) {
                select.setObject(
                        index++, value instanceof String[] names ? connection.createArrayOf("text", names) : value);
            }
            select.setInt(index, limit);
            List<Recorded> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Recorded(rows.getLong(1), rows.getString(2)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("audit events could not be read", e);
        }
    }

    private static void and(StringBuilder conditions, List<Object> values, String condition, Object value) {
        if (value != null) {
            conditions.append(" and ").append(condition);
            values.add(value);
        }
    }

    /** Removes what is older, some at a time. @return how many were removed */
    public int forget(Duration older) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from audit_events where audit_id in"
                        + " (select audit_id from audit_events"
                        + " where recorded_at < clock_timestamp() - make_interval(secs => ?)"
                        + " order by recorded_at limit " + PAGE + ")")) {
            delete.setDouble(1, older.toSeconds());
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("old audit events could not be removed", e);
        }
    }
}
