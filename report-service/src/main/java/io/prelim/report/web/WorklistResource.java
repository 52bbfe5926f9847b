package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.Worklist;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What waits for a reader, the most urgent first, and why it stands where it does. Identified. */
@Path("/api/worklist")
@Produces(MediaType.APPLICATION_JSON)
@Transactional
public class WorklistResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;
    private static final Pattern AFTER = Pattern.compile("([sr])_([01]\\.[0-9]{1,20}(?:E-[0-9]{1,3})?)_([0-9]{1,18})");

    private final Worklist worklist;
    private final boolean signedHere;
    private final Callers callers;
    private final Audit audit;
    private final InstantSource clock = InstantSource.system();

    WorklistResource(Worklist worklist, ReportSettings settings, Callers callers, Audit audit) {
        this.worklist = worklist;
        this.signedHere = settings.systemOfRecord();
        this.callers = callers;
        this.audit = audit;
    }

    /** {@code after} is the {@code next} of the page before; what became urgent meanwhile is on an earlier page. */
    @GET
    @RolesAllowed(Roles.RADIOLOGIST)
    public Page page(@QueryParam("after") String after, @QueryParam("limit") String limit, @Context UriInfo uri) {
        Parameters.only(uri, "after", "limit");
        int count = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        List<Worklist.Entry> entries = worklist.page(callers.current().sites(), signedHere, place(after), count + 1);
        audit.searched();
        boolean more = entries.size() > count;
        List<Worklist.Entry> page = more ? entries.subList(0, count) : entries;
        Instant now = clock.instant();
        return new Page(
                signedHere,
                page.stream().map(entry -> new Row(entry, reasons(entry, now))).toList(),
                more ? token(page.get(count - 1).place()) : null);
    }

    private static Worklist.Place place(String after) {
        if (after == null) {
            return null;
        }
        Matcher place = AFTER.matcher(after);
        if (!place.matches()) {
            throw new BadParameter("after", "must be the next of the page before");
        }
        return new Worklist.Place(
                place.group(1).equals("r"), Double.parseDouble(place.group(2)), Long.parseLong(place.group(3)));
    }

    private static String token(Worklist.Place place) {
        return (place.later() ? "r_" : "s_") + place.urgency() + "_" + place.sequence();
    }

    private static List<Reason> reasons(Worklist.Entry entry, Instant now) {
        List<Reason> reasons = new ArrayList<>();
        if (!entry.place().later()) {
            reasons.add(new Reason("stat", "stat"));
        }
        Worklist.Urgent urgent = entry.urgent();
        if (urgent != null) {
            String name = urgent.meaning() == null ? urgent.name() : urgent.meaning();
            reasons.add(new Reason("finding", name.toLowerCase(Locale.ROOT) + " " + probability(urgent.probability())));
        }
        if (entry.waitingSince() != null) {
            reasons.add(new Reason("waiting", "waits " + words(Duration.between(entry.waitingSince(), now))));
        }
        return reasons;
    }

    /** As drafts say it: never rounded to certainty. */
    private static String probability(double value) {
        if (value > 0.99 && value < 1) {
            return ">0.99";
        }
        return value > 0 && value < 0.01 ? "<0.01" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String words(Duration waited) {
        long minutes = Math.max(0, waited.toMinutes());
        if (minutes < 60) {
            return minutes + " min";
        }
        return minutes < 48 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " d";
    }

    /**
     * @param signedHere whether this service is the system of record
     * @param next       {@code after} of the next page; left out on the last
     */
    public record Page(boolean signedHere, List<Row> reports, String next) {}

    /** @param reasons why it stands where it does, the weightiest first */
    public record Row(@JsonUnwrapped Worklist.Entry report, List<Reason> reasons) {}

    /** @param code {@code stat}, {@code finding} or {@code waiting} */
    public record Reason(String code, String text) {}
}
