package io.prelim.access.users;

import io.prelim.access.Caller;
import io.prelim.access.Roles;
import io.prelim.access.Sites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a file of users: a user a line, {@code name:bcrypt hash:roles:sites}, roles and sites separated by commas, {@code *} for all sites;
 * empty lines and lines that begin with {@code #} say nothing. The first two fields are those of {@code htpasswd -B}.
 */
final class UsersFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    // cost 10 to 14: less is guessed too fast, more holds the service up
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$1[0-4]\\$[./A-Za-z0-9]{53}");
    private static final Pattern SITE = Pattern.compile("\\*|[^\\p{Cntrl},:*]{1,64}");

    private UsersFile() {}

    /** Someone of the file. */
    record User(String hash, Caller caller) {}

    /** @return by name, at least one */
    static Map<String, User> read(Path file) throws BadUsersFile {
        return parse(file.getFileName().toString(), text(file));
    }

    static Map<String, User> parse(String file, String text) throws BadUsersFile {
        Map<String, User> users = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.strip().split(":", -1);
            if (fields.length != 4) {
                throw new BadUsersFile(file, number, "a line must be name:bcrypt hash:roles:sites");
            }
            if (!NAME.matcher(fields[0]).matches()) {
                throw new BadUsersFile(file, number, "name must be 1 to 64 letters, digits, '.', '_', '@', '-'");
            }
            if (!HASH.matcher(fields[1]).matches()) {
                throw new BadUsersFile(
                        file,
                        number,
                        "the hash must be bcrypt of a cost from 10 to 14, as htpasswd -nB -C 12 makes it");
            }
            List<String> roles = list(fields[2]);
            if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
                throw new BadUsersFile(file, number, "roles must be some of " + String.join(", ", Roles.ALL));
            }
            List<String> sites = list(fields[3]);
            if (sites.isEmpty()
                    || !sites.stream().allMatch(site -> SITE.matcher(site).matches())) {
                throw new BadUsersFile(file, number, "sites must be names of 1 to 64 characters, or * for all");
            }
            Caller caller = new Caller(fields[0], Set.copyOf(roles), Sites.of(sites), true);
            if (users.put(fields[0], new User(fields[1], caller)) != null) {
                throw new BadUsersFile(file, number, "the name has a line above");
            }
        }
        if (users.isEmpty()) {
            throw new BadUsersFile(file, 0, "it has no user");
        }
        return users;
    }

    private static List<String> list(String field) {
        return Arrays.stream(field.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    private static String text(Path file) throws BadUsersFile {
        String name = file.getFileName().toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new BadUsersFile(name, 0, "it must have at most " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadUsersFile(name, 0, "it must be UTF-8");
        } catch (IOException e) {
            throw new BadUsersFile(name, 0, "it cannot be read");
        }
    }
}
