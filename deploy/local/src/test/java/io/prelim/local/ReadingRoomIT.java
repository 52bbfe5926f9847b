package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.prelim.local.ReadingRoom.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers at the reading room's page, over the whole pipeline. Pictures of it stay in {@code target/reading}. */
@Tag("full")
@Timeout(240)
class ReadingRoomIT {
    private final LiveStack live = LiveStack.shared();
    private ReadingRoom room;

    @BeforeEach
    void open() {
        room = ReadingRoom.open(live);
    }

    @AfterEach
    void close() {
        List<String> errors = room.errors();
        room.close();
        assertThat(errors).isEmpty();
    }

    @Test
    void theListIsWorkedWithTheKeyboardAlone() throws Exception {
        Case study = drafted(Case.fresh());
        Page page = room.page("r.keys");
        page.navigate(room.address());
        page.locator(".row").first().waitFor();

        page.keyboard().press("/");
        page.keyboard().type(study.id());
        PlaywrightAssertions.assertThat(page.locator(".row")).hasCount(1);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        page.locator(".sentence").first().waitFor();
        page.keyboard().press("c");
        page.locator(".decision.accept").first().waitFor();
        page.keyboard().press("j");
        page.keyboard().press("a");
        page.keyboard().press("u");
        page.keyboard().press("e");
        page.keyboard().type(" Seen by keyboard.");
        page.keyboard().press("Enter");
        page.keyboard().press("f");
        page.keyboard().type("Old rib fracture.");
        page.keyboard().press("Enter");
        page.keyboard().press("Shift+A");
        ReadingRoom.picture(page, "decided");
        page.keyboard().press("Control+Enter");

        page.locator(".status-reviewed").waitFor();
        JsonNode report = report(study);
        assertThat(report.path("status").asText()).isEqualTo("REVIEWED");
        assertThat(report.toString()).contains("Seen by keyboard.", "Old rib fracture.");
        page.keyboard().press("v");
        page.locator(".comparison ins").first().waitFor();
        assertThat(page.locator(".comparison ins").allInnerTexts())
                .anyMatch(text -> text.contains("Seen by keyboard."))
                .contains("Old rib fracture.");
        ReadingRoom.picture(page, "versions");
        page.keyboard().press("?");
        page.locator("dialog[open] kbd").first().waitFor();
        ReadingRoom.picture(page, "shortcuts");
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(page.locator("dialog")).hasCount(0);
    }

    @Test
    void ofTwoReadersWhoClaimOneStudyOneIsToldWhoHasIt() throws Exception {
        Case study = drafted(Case.fresh());
        Page first = room.page("r.meier");
        Page second = room.page("r.schulz");
        // its news come late
        second.route("**/api/reports/stream", route -> route.abort());
        room.show(first, study);
        room.show(second, study);

        first.locator("[data-move=claim]").click();
        first.locator("[data-move=release]").waitFor();
        second.locator("[data-move=claim]").click();

        Locator conflict = second.locator(".conflict");
        conflict.waitFor();
        assertThat(conflict.innerText()).contains("r.meier claimed it");
        ReadingRoom.picture(second, "conflict");
        PlaywrightAssertions.assertThat(second.locator("[data-move]")).hasCount(0);
        assertThat(second.locator(".progress").innerText()).isEqualTo("with r.meier");
        assertThat(live.api()
                        .report(study.uid())
                        .orElseThrow()
                        .path("claimedBy")
                        .asText())
                .isEqualTo("r.meier");
    }

    @Test
    void whatIsTypedStaysWhenALateImageComesAndWhatItSaysIsProposed() throws Exception {
        Case study = drafted(Case.fresh());
        Page page = room.page("r.late");
        room.show(page, study);
        page.locator("[data-move=claim]").click();
        page.locator(".decision.edit").first().click();
        Locator editor = page.locator("textarea.editor");
        editor.fill("Words that must not be lost");

        live.send(List.of(study.image(1), study.image(2)));

        page.locator(".proposal").first().waitFor();
        assertThat(editor.inputValue()).isEqualTo("Words that must not be lost");
        PlaywrightAssertions.assertThat(editor).isFocused();
        page.keyboard().type(".");
        PlaywrightAssertions.assertThat(page.locator(".slide")).hasCount(2);
        ReadingRoom.picture(page, "late-image");
        page.locator(".proposal .accept").first().click();
        page.getByText("Accept the rest").click();
        page.keyboard().press("Control+Enter");
        page.locator(".status-reviewed").waitFor();
        JsonNode report = report(study);
        assertThat(report.path("revision").asInt()).isEqualTo(2);
        assertThat(report.toString()).contains("Words that must not be lost.");
    }

    @Test
    void aSentenceThatIsLookedAtShowsItsRegionOnTheImage() throws Exception {
        Case study = drafted(Case.fresh());
        Page page = room.page("r.look");
        room.show(page, study);
        ReadingRoom.there(page, ".stage[data-window='2048/4096']");
        assertThat(ReadingRoom.coloured(page)).isZero();
        String id = report(study).findValuesAsText("findingId").get(0);

        page.locator(".sentence.shown").first().hover();

        ReadingRoom.there(page, ".stage[data-overlay='" + id + "']");
        page.waitForFunction(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        assertThat(ReadingRoom.coloured(page)).isGreaterThan(2_000);
        ReadingRoom.picture(page, "region");
        page.keyboard().press("o");
        ReadingRoom.there(page, ".stage[data-overlay='']");
        page.keyboard().press("o");
        page.mouse().move(600, 400);
        ReadingRoom.there(page, ".stage[data-overlay='']");
        page.keyboard().press("j");
        ReadingRoom.there(page, ".stage[data-overlay='" + id + "']");
        page.mouse().down();
        page.mouse().move(700, 450);
        page.mouse().up();
        PlaywrightAssertions.assertThat(page.locator(".stage")).not().hasAttribute("data-window", "2048/4096");
        page.locator(".finding").first().click();
        page.locator("dialog .card").first().waitFor();
        assertThat(page.locator("dialog").innerText()).contains("sha256:", "chest-pneumonia-paediatric", "CHAI");
        ReadingRoom.picture(page, "model");
    }

    @Test
    void aNameWithScriptInItIsText() throws Exception {
        Case study = drafted(Case.named("<script>alert(1)</script>^<img src onerror>"));
        Page page = room.page("r.text");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        page.onDialog(dialog -> {
            asked.add("a dialog");
            dialog.dismiss();
        });
        page.navigate(room.address());
        page.locator(".row").first().waitFor();
        page.locator(".filter").fill(study.id());
        page.locator(".row").click();
        page.locator(".sentence").first().waitFor();

        PlaywrightAssertions.assertThat(page.locator(".identity h2"))
                .hasText("<script>alert(1)</script>, <img src onerror>");
        assertThat(page.locator(".row .name").first().innerText()).contains("<script>");
        ReadingRoom.picture(page, "script");
        assertThat(page.evaluate("() => document.scripts.length === 1"
                        + " && document.querySelectorAll('main img, nav img, section img').length === 0"))
                .isEqualTo(true);
        assertThat(asked)
                .isNotEmpty()
                .noneMatch(each -> each.contains(study.id()) || each.contains("alert") || each.equals("a dialog"));
    }

    @Test
    void anAccessibilityCheckerFindsNoSeriousFault() throws Exception {
        Case study = drafted(Case.fresh());
        for (Size size :
                List.of(new Size(1280, 800, "en-GB"), new Size(1024, 768, "en-GB"), new Size(820, 1180, "de-DE"))) {
            Page page = room.page("r.axe", size.width(), size.height(), size.locale());
            room.show(page, study);
            if (page.locator("[data-move=claim]").count() > 0) {
                page.locator("[data-move=claim]").click();
            }
            page.locator(".decision.edit").first().click();
            assertThat(ReadingRoom.faults(page)).as("draft at %s", size).isEmpty();
            page.locator("body").press("Escape");
            page.keyboard().press("w");
            PlaywrightAssertions.assertThat(page.locator("#worklist"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(5_000));
            ReadingRoom.picture(page, "list-" + size.width());
            assertThat(ReadingRoom.faults(page)).as("worklist at %s", size).isEmpty();
            page.keyboard().press("Escape");
            page.locator("#tab-versions").click();
            page.locator(".comparison .sentence").first().waitFor();
            assertThat(ReadingRoom.faults(page)).as("versions at %s", size).isEmpty();
            page.locator("#tab-draft").click();
            page.locator(".finding").first().click();
            page.locator("dialog .card").first().waitFor();
            assertThat(ReadingRoom.faults(page)).as("model at %s", size).isEmpty();
            assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            page.context().close();
        }
    }

    private Case drafted(Case study) throws IOException, InterruptedException {
        live.send(List.of(study.image(1)));
        live.draftedText(study.uid());
        return study;
    }

    private JsonNode report(Case study) throws IOException, InterruptedException {
        return live.api().reportJson("/api/reports/" + live.reportKey(study.uid()));
    }

    private record Size(int width, int height, String locale) {}
}
