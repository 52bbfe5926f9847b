package io.prelim.ingest.copy;

import io.prelim.ingest.fixture.Rows;
import io.prelim.store.Content;
import io.prelim.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What the S3-speaking server has on disk, looked at behind its back. */
record CopiedObjects(Path bucket) {
    private static final String SUFFIX = "._S3rver_object";

    /** Of each part that the index names, whether the copy has its very bytes. */
    List<Boolean> parts(DataSource database) {
        return Rows.of(database, "select segment || ' ' || position || ' ' || length || ' ' || digest from parts")
                .stream()
                .map(row -> {
                    String[] part = row.split(" ");
                    byte[] bytes = bytes(Long.parseLong(part[0]), Long.parseLong(part[1]), Integer.parseInt(part[2]));
                    return digest(bytes).equals(part[3]);
                })
                .toList();
    }

    /** Whether any object has these bytes. */
    boolean hold(byte[] bytes) {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        return files().anyMatch(file -> text(file).contains(wanted));
    }

    /** Changes these bytes where an object has them. */
    void alter(byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        Path file =
                files().filter(each -> text(each).contains(wanted)).findFirst().orElseThrow();
        byte[] object = Files.readAllBytes(file);
        object[text(file).indexOf(wanted) + 10] ^= 1;
        Files.write(file, object);
    }

    private byte[] bytes(long segment, long offset, int length) {
        byte[] found = new byte[length];
        files().filter(file -> file.getParent().getFileName().toString().equals(String.format("%016d", segment)))
                .forEach(file -> {
                    String[] place =
                            file.getFileName().toString().replace(SUFFIX, "").split("-");
                    long from = Long.parseLong(place[0]) - offset;
                    byte[] object = text(file).getBytes(StandardCharsets.ISO_8859_1);
                    for (int i = 0; i < object.length; i++) {
                        if (from + i >= 0 && from + i < length) {
                            found[(int) from + i] = object[i];
                        }
                    }
                });
        return found;
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.walk(bucket)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return ""; // deleted since the folder was read
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return Sha256.of(Content.of(bytes)).prefixed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
