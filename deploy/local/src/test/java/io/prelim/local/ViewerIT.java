package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.prelim.local.stack.Part;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.study.SampleStudies;
import io.prelim.testkit.study.SampleStudies.SampleStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stock viewer finds and opens a study: OHIF as npm has it, in Chromium. Pictures of it stay in {@code target/viewer}. */
@Tag("full")
@Timeout(240)
class ViewerIT {
    private static final int LIMIT = 90_000;
    private static final Path PICTURES = LiveStack.ROOT.resolve("deploy/local/target/viewer");

    /** Greys that are in the picture of the image: more than a blank or a frame around one has. */
    private static final String GREYS = """
            () => {
              const canvas = document.querySelector('canvas.cornerstone-canvas');
              if (!canvas || canvas.width === 0) return 0;
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              const greys = new Set();
              for (let i = 0; i < pixels.length; i += 4) greys.add(pixels[i]);
              return greys.size;
            }
            """;

    private final LiveStack live = LiveStack.shared();

    @Test
    void aStudyIsListedAndItsImageShown() throws Exception {
        Path chromium = Peers.require("chromium", "chromium");
        SampleStudy study = SampleStudies.all().get(5);
        live.send(study.objects());
        live.draftedText(study.studyInstanceUid());
        Files.createDirectories(PICTURES);
        List<String> errors = new ArrayList<>();
        try (ViewerServer server = ViewerServer.start(
                        live.stack().url(Part.INGEST),
                        live.stack().settings().secrets().get("dicom-web"));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of("--no-sandbox", "--enable-unsafe-swiftshader")))) {
            Page page = browser.newPage();
            page.setDefaultTimeout(LIMIT);
            page.onPageError(errors::add);

            page.navigate(server.url("/"));
            page.getByText(name(study)).first().waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("list.png")));
            page.navigate(server.url("/viewer?StudyInstanceUIDs=" + study.studyInstanceUid()));
            page.waitForFunction("() => (" + GREYS + ")() > 60");
            page.waitForFunction(
                    "count => [...document.images].filter(each => each.naturalWidth > 0).length === count",
                    study.objects().size());
            // its tour and its notice lie over the image
            page.getByText("Skip all").click();
            page.getByText("Confirm and hide").click();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("image.png")));

            assertThat(server.refused()).isEmpty();
            assertThat(errors).isEmpty();
        }
    }

    /** As the list shows it: family name, given name. */
    private static String name(SampleStudy study) {
        return study.objects()
                .get(0)
                .string(io.prelim.dicom.core.Tag.PATIENT_NAME)
                .replace("^", ", ");
    }
}
