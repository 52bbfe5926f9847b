package io.prelim.report.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRulesTest {
    private static final EgressRules RULES = new EgressRules(
            List.of("hooks.example", "Internal.Example:8443", "127.0.0.1:8080", "[2001:4860::1]"), List.of());

    @Test
    void whatIsListedIsLedTo() throws IOException {
        assertThat(RULES.url("https://hooks.example").host()).isEqualTo("hooks.example");
        assertThat(RULES.url("https://hooks.example/a/b?c=d").encodedPath()).isEqualTo("/a/b");
        assertThat(RULES.url("https://internal.example:8443/").port()).isEqualTo(8443);
        assertThat(RULES.url("https://[2001:4860::1]/").host()).isEqualTo("2001:4860::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/",
                "https://hooks.example.evil/",
                "https://hooks.example./",
                "https://evil.hooks.example/",
                "https://hooks.example:8443/",
                "https://internal.example/",
                "http://hooks.example/",
                "https://user@hooks.example/",
                "https://user:word@hooks.example/",
                "https://hooks.example@other.example/",
                "https://hooks.example\\@other.example/",
                "https:\\\\hooks.example/",
                "https:hooks.example/",
                "https:///hooks.example/",
                "HTTPS://hooks.example/",
                "https://HOOKS.example/",
                "https://hooks.example:443/",
                "https://hooks.example/#part",
                "https://hooks.example/a/../b",
                "https://hooks.example/%2e%2e/b",
                "https://hooks.example/a b",
                " https://hooks.example/",
                "https://hooks.example/\n",
                "https://hooks.exam\u200bple/",
                "https://h\u043e\u043eks.example/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "file:///etc/passwd",
                "gopher://hooks.example/",
                "ftp://hooks.example/",
                "//hooks.example/",
                "hooks.example",
                ""
            })
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "422, nothing is sent")
    void whatIsNotIsNot(String url) {
        assertThatThrownBy(() -> RULES.url(url)).isInstanceOf(EgressRefused.class);
    }

    @Test
    void anEndlessUrlIsNone() {
        assertThatThrownBy(() -> RULES.url("https://hooks.example/" + "a".repeat(2_000)))
                .isInstanceOf(EgressRefused.class);
    }

    @Test
    void withoutAListNothingIsLedTo() {
        EgressRules none = new EgressRules(List.of(), List.of("0.0.0.0/0", "::/0"));

        assertThatThrownBy(() -> none.url("https://hooks.example/")).isInstanceOf(EgressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fd12::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "fd00:ec2::254"
            })
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "422, nothing is sent")
    void addressesThatAreNotOfTheInternetAreNotLedTo(String address) {
        assertThatThrownBy(() -> check(RULES, address)).isInstanceOf(EgressRefused.class);
        assertThatThrownBy(() -> RULES.check(
                        RULES.url("https://hooks.example/"),
                        List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName(address))))
                .as("not one among good ones")
                .isInstanceOf(EgressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.167.1.1", "2001:4860:4860::8888", "2a00::1"})
    void othersAre(String address) {
        assertThatCode(() -> check(RULES, address)).doesNotThrowAnyException();
    }

    @Test
    void whatIsAllowedBesideIsLedToButNotMetadataWithinARange() {
        EgressRules inside = new EgressRules(
                List.of("hooks.example"), List.of("10.20.0.0/16", "fd00::/8", "169.254.0.0/16", "168.63.129.16/32"));

        assertThatCode(() -> check(inside, "10.20.30.40")).doesNotThrowAnyException();
        assertThatCode(() -> check(inside, "fd12::1")).doesNotThrowAnyException();
        assertThatCode(() -> check(inside, "168.63.129.16")).doesNotThrowAnyException();
        for (String address : List.of("10.21.0.1", "169.254.169.254", "fd00:ec2::254")) {
            assertThatThrownBy(() -> check(inside, address)).isInstanceOf(EgressRefused.class);
        }
    }

    @Test
    void inTheClearIsForThisMachineAlone() throws IOException {
        EgressRules rules = new EgressRules(List.of("hooks.example:80"), List.of("127.0.0.0/8", "10.0.0.0/8"));
        HttpUrl url = rules.url("http://hooks.example/");

        rules.check(url, List.of(InetAddress.getByName("127.0.0.1")));

        for (String address : List.of("10.0.0.1", "8.8.8.8")) {
            assertThatThrownBy(() -> rules.check(url, List.of(InetAddress.getByName(address))))
                    .isInstanceOf(EgressRefused.class)
                    .hasMessageContaining("https");
        }
    }

    @Test
    void settingsThatAreNoneAreNamed() {
        for (String host : List.of("https://hooks.example", "*", "hooks.example/path", "user@hooks.example", "")) {
            assertThatThrownBy(() -> new EgressRules(List.of(host), List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("egress.hosts");
        }
        for (String range : List.of("10.0.0.0", "10.0.0.0/33", "hooks.example/8", "999.0.0.0/8", "::/129", "")) {
            assertThatThrownBy(() -> new EgressRules(List.of(), List.of(range)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("egress.addresses");
        }
    }

    private static void check(EgressRules rules, String address) throws IOException {
        rules.check(rules.url("https://hooks.example/"), List.of(InetAddress.getByName(address)));
    }
}
