package io.prelim.report.render.page;

import io.prelim.report.render.History;
import io.prelim.report.render.ReportView;
import io.quarkus.qute.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A version of a report as one HTML page: nothing is fetched for it and nothing in it runs. Identified. */
public final class HtmlReport {
    private static final Template TEMPLATE = Pages.template("report.html");
    private static final String STYLE = Pages.resource("report.css");

    /** What a browser may do with the page (CSP 3): apply its own style sheet, and follow links. */
    public static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private HtmlReport() {}

    /**
     * Well-formed XML too.
     *
     * @param history of its patient; null for none
     */
    public static String of(ReportView report, History history) {
        return write(Page.of(report, history, STYLE, false));
    }

    static String write(Page page) {
        return TEMPLATE.data("page", page).render();
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
