package io.prelim.report.access;

import io.prelim.access.Roles;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Users with passwords: of each role one at the site north, whose name is the role; one of all roles in the south, and one everywhere. */
public class SignedIn implements QuarkusTestProfile {
    static final String SOUTH = "south";
    static final String ROOT = "root";
    private static final String PASSWORD = "correct horse";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path file = Files.createTempDirectory("access").resolve("users");
            Files.writeString(file, users());
            return Map.of(
                    "prelim.access.mode", "users",
                    "prelim.access.users.file", file.toString(),
                    "prelim.access.users.check", "PT0.1S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's text. */
    static String users() {
        String hash = BcryptUtil.bcryptHash(PASSWORD, 10);
        String all = String.join(",", Roles.ALL);
        return Roles.ALL.stream()
                        .map(role -> role + ":" + hash + ":" + role + ":north\n")
                        .collect(Collectors.joining())
                + SOUTH + ":" + hash + ":" + all + ":south\n"
                + ROOT + ":" + hash + ":" + all + ":*\n";
    }

    static RequestSpecification as(String user) {
        return RestAssured.given().auth().preemptive().basic(user, PASSWORD);
    }

    static RequestSpecification as(String user, String password) {
        return RestAssured.given().auth().preemptive().basic(user, password);
    }
}
