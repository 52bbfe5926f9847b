package io.prelim.access.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.access.Roles;
import io.prelim.access.Sites;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
    private static final String HASH = "$2y$10$abcdefghijklmnopqrstuuq4TgaKLC9R9r/9ARRdkOfmmiZA44rPy";

    @Test
    void aLineIsAUserWithRolesAndSites() throws BadUsersFile {
        Map<String, UsersFile.User> users = UsersFile.parse(
                "users",
                "# readers\n\nada:" + HASH + ":radiologist,auditor:north, South Wing\nbo@example.org:" + HASH
                        + ":sre:*\n");

        assertThat(users).containsOnlyKeys("ada", "bo@example.org");
        assertThat(users.get("ada").caller().roles()).containsExactlyInAnyOrder(Roles.RADIOLOGIST, Roles.AUDITOR);
        assertThat(users.get("ada").caller().sites()).isEqualTo(Sites.of(Set.of("north", "South Wing")));
        assertThat(users.get("ada").caller().sites().include(null)).isFalse();
        assertThat(users.get("bo@example.org").caller().sites()).isEqualTo(Sites.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada:HASH:radiologist|a line must be",
                "ada:HASH:radiologist:north:more|a line must be",
                "_ada:HASH:radiologist:north|name must be",
                "ada:secret:radiologist:north|the hash must be bcrypt",
                "ada:$2y$05$abcdefghijklmnopqrstuuq4TgaKLC9R9r/9ARRdkOfmmiZA44rPy:radiologist:north|cost from 10",
                "ada:HASH:doctor:north|roles must be",
                "ada:HASH::north|roles must be",
                "ada:HASH:radiologist:|sites must be",
                "bo:HASH:sre:*|the name has a line above",
            })
    void aBadLineIsToldByItsNumberAndQuotesNothing(String line, String problem) {
        String text = "bo:" + HASH + ":sre:*\n# ada\n" + line.replace("HASH", HASH) + "\n";

        assertThatThrownBy(() -> UsersFile.parse("users", text)).isInstanceOfSatisfying(BadUsersFile.class, bad -> {
            assertThat(bad.line()).isEqualTo(3);
            assertThat(bad.problem()).contains(problem).doesNotContain("secret", "ada", "doctor");
        });
    }

    @Test
    void aFileWithoutUsersIsRefused() {
        assertThatThrownBy(() -> UsersFile.parse("users", "# nobody\n")).isInstanceOf(BadUsersFile.class);
    }
}
