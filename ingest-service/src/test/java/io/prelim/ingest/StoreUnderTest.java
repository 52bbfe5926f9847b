package io.prelim.ingest;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.fixture.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What tests do to the store and its index behind the service's back. */
@ApplicationScoped
public class StoreUnderTest {
    private final DataSource database;
    private final Path folder;

    StoreUnderTest(DataSource database, IngestConfig config) {
        this.database = database;
        this.folder = config.store().directory().resolve("segments");
    }

    public void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of an instance. @param column {@code header_part} or {@code pixels_part} */
    public String part(String column, TestObject object) {
        return Rows.of(
                        database,
                        "select " + column + " from instances where sop_instance_uid = ?",
                        object.sopInstance())
                .get(0);
    }

    /** Where its header lies. */
    public long segment(TestObject object) {
        return Long.parseLong(place("header_part", object)[0]);
    }

    /** The instance's row goes, and its bytes stay. */
    public void forget(String sopInstanceUid) throws SQLException {
        String uid = "'" + sopInstanceUid + "'";
        run("delete from header_versions where sop_instance_uid = " + uid);
        run("with gone as (delete from instances where sop_instance_uid = " + uid
                + " returning header_part, pixels_part) delete from parts where part_id in (select header_part from gone"
                + " union select pixels_part from gone)");
    }

    /** Changes the first byte of a part on disk. */
    public void damage(String column, TestObject object) throws IOException {
        String[] place = place(column, object);
        long position = Long.parseLong(place[1]);
        try (FileChannel segment =
                FileChannel.open(file(Long.parseLong(place[0])), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            segment.read(one, position);
            segment.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), position);
        }
    }

    /** Why parts of the object's study are damaged. */
    public List<String> reasons(TestObject object) {
        return Rows.of(
                database,
                "select d.reason from damaged_parts d join instances i on d.part_id in (i.header_part, i.pixels_part)"
                        + " where i.sop_instance_uid = ?",
                object.sopInstance());
    }

    /** Whether any file of the log has these bytes. */
    public boolean holds(byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            try {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                // dropped since the folder was read
            }
        }
        return false;
    }

    private String[] place(String column, TestObject object) {
        return Rows.of(
                        database,
                        "select segment || ' ' || position from parts where part_id = cast(? as uuid)",
                        part(column, object))
                .get(0)
                .split(" ");
    }

    private Path file(long segment) {
        Path active = folder.resolve(String.format("%016d.active", segment));
        return Files.exists(active) ? active : folder.resolve(String.format("%016d.sealed", segment));
    }
}
