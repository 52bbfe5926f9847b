package io.prelim.local;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.local.stack.Part;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import io.prelim.testkit.study.SyntheticPatient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The reading room in Chromium, before the services as real processes. */
final class ReadingRoom implements AutoCloseable {
    private static final int LIMIT = 60_000;
    private static final Path PICTURES = LiveStack.ROOT.resolve("deploy/local/target/reading");
    private static final SyntheticRadiograph RADIOGRAPHS = SyntheticRadiograph.load();

    private final LiveStack live;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();

    private ReadingRoom(LiveStack live, Path chromium) {
        this.live = live;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
    }

    /** Opens it, or skips the test where there is no Chromium. */
    static ReadingRoom open(LiveStack live) {
        return new ReadingRoom(live, Peers.require("chromium", "chromium"));
    }

    /** A page of a reader's own; what goes wrong in it is among {@link #errors}. */
    Page page(String reader) {
        return page(reader, 1280, 800, "en-GB");
    }

    Page page(String reader, int width, int height, String locale) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setLocale(locale));
        context.addInitScript("sessionStorage.setItem('prelim.reader', '" + reader + "')");
        Page page = context.newPage();
        page.setDefaultTimeout(LIMIT);
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
        return page;
    }

    /** Exceptions of scripts, and what the content security policy refused. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    String address() {
        return live.stack().url(Part.REPORT).resolve("/reading/").toString();
    }

    /** Opens a report, and waits until it is shown. */
    void show(Page page, Case study) throws IOException, InterruptedException {
        page.navigate(address() + "#report/" + live.reportKey(study.uid()));
        page.locator(".sentence").first().waitFor();
    }

    /** Waits until something is there, seen or not. */
    static Locator there(Page page, String selector) {
        Locator found = page.locator(selector).first();
        found.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return found;
    }

    /** Faults of a page that axe calls serious or critical, a line each. */
    @SuppressWarnings("unchecked")
    static List<String> faults(Page page) {
        page.evaluate(axe());
        return (List<String>) page.evaluate("""
                async () => (await axe.run()).violations
                  .filter(each => ['serious', 'critical'].includes(each.impact))
                  .flatMap(each => each.nodes.map(node => `${each.id}: ${node.html} ${node.failureSummary}`))
                """);
    }

    private static String axe() {
        try (InputStream script = ReadingRoom.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void picture(Page page, String name) throws IOException {
        Files.createDirectories(PICTURES);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** How many pixels of the image have a colour. */
    static int coloured(Page page) {
        return (Integer) page.evaluate("""
                () => {
                  const canvas = document.querySelector('.stage canvas');
                  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  let coloured = 0;
                  for (let i = 0; i < pixels.length; i += 4) {
                    coloured += Math.abs(pixels[i] - pixels[i + 2]) > 20 ? 1 : 0;
                  }
                  return coloured;
                }
                """);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /**
     * A study of its own patient, whose image shows pneumonia.
     *
     * @param id of the patient
     */
    record Case(StudyGenerator generator, String id, String name) {
        static Case fresh() {
            return named("Reading^Room");
        }

        static Case named(String patientName) {
            String random = UUID.randomUUID().toString();
            return new Case(
                    new StudyGenerator(random, SyntheticPatient.of(4)), "ROOM-" + random.substring(0, 8), patientName);
        }

        String uid() {
            return generator.studyInstanceUid();
        }

        /** @param number from 1 */
        DataSet image(int number) {
            return generator
                    .radiograph(RADIOGRAPHS, SyntheticRadiograph.SAMPLES.get(2 + number), number, 640, 520)
                    .putString(Tag.PATIENT_ID, id)
                    .putString(Tag.PATIENT_NAME, name);
        }
    }
}
