package io.prelim.report.web;

import io.prelim.access.Caller;
import io.prelim.events.Phi;
import io.prelim.report.desk.ReadingDesk.Asked;
import io.prelim.report.lifecycle.Command.Act;
import io.prelim.report.review.Review;
import io.quarkus.security.ForbiddenException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a reader asks for, strictly: a field that is not known is refused, as what it was meant to do would not be done. */
final class ReaderRequest {
    private static final Pattern READER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,8})\"");

    private ReaderRequest() {}

    /** @throws BadParameter if it is no version in quotes, such as {@code "3"} */
    static int version(String ifMatch) {
        var matcher = VERSION.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new BadParameter("If-Match", "must be one version of the report in quotes, such as \"3\"");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /**
     * @param caller whose own name {@code by} must be, if it is given, where the name is proven
     * @throws BadParameter if the body is not what the move takes
     * @throws ForbiddenException if it names somebody else
     */
    static Asked read(Act act, InputStream body, Caller caller) {
        return switch (act) {
            case CLAIM, RELEASE, SIGN, RETRACT ->
                new Asked(act, reader(StrictJson.read(body, Named.class).by(), caller), null, null);
            case ADDEND -> {
                Addendum addendum = StrictJson.read(body, Addendum.class);
                yield new Asked(act, reader(addendum.by(), caller), null, addendum.text());
            }
            case REVIEW, CORRECT -> {
                Reviewed review = StrictJson.read(body, Reviewed.class);
                yield new Asked(act, reader(review.by(), caller), review.review(), null);
            }
        };
    }

    private static String reader(String said, Caller caller) {
        if (caller.named() && said != null && !said.equals(caller.name())) {
            throw new ForbiddenException("by names somebody else");
        }
        String by = caller.named() ? caller.name() : said;
        if (by == null || !READER.matcher(by).matches()) {
            throw new BadParameter("by", "must be a reader's id: 1 to 64 letters, digits, '.', '_', '@', '-'");
        }
        return by;
    }

    private static <T> List<T> whole(String name, List<T> entries) {
        List<T> all = entries == null ? List.of() : entries;
        if (all.size() > Review.MOST) {
            throw new BadParameter(name, "must have at most " + Review.MOST + " entries");
        }
        return all;
    }

    private static void given(Object value, String name) {
        if (value == null) {
            throw new BadParameter(name, "must be given");
        }
    }

    /** Who asks, and nothing else. */
    record Named(String by) {}

    /** @param text identified */
    record Addendum(String by, Phi<String> text) {}

    /** A review, or a correction. */
    record Reviewed(
            String by,
            List<Review.OfSentence> sentences,
            List<Review.Addition> additions,
            List<Review.OfProposal> proposals) {
        Review review() {
            for (Review.OfSentence each : whole("sentences", sentences)) {
                given(each, "sentences");
                given(each.id(), "sentences.id");
                given(each.decision(), "sentences.decision");
            }
            for (Review.Addition each : whole("additions", additions)) {
                given(each, "additions");
                given(each.section(), "additions.section");
            }
            for (Review.OfProposal each : whole("proposals", proposals)) {
                given(each, "proposals");
                given(each.id(), "proposals.id");
                given(each.decision(), "proposals.decision");
            }
            return new Review(sentences, additions, proposals);
        }
    }
}
