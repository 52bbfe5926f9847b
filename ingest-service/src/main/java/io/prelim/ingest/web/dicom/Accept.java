package io.prelim.ingest.web.dicom;

import io.prelim.ingest.web.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a client accepts, by Accept headers (RFC 9110 section 12.5.1) or the accept parameter (PS3.18 section 8.3.3.1), and what it gets of
 * what is offered: what it weighs most, of equals what it names first, of a {@code transfer-syntax=*} what is stored, else what the service
 * names first. What is no media range is passed over. Pure.
 */
public record Accept(List<MediaRange> ranges) {
    private static final MediaRange ANYTHING = new MediaRange(MediaRange.ANY, false, null, 1000, 0);
    private static final Comparator<MediaRange> WANTED =
            Comparator.comparingInt(MediaRange::weight).reversed().thenComparingInt(MediaRange::order);

    public Accept {
        ranges = List.copyOf(ranges);
    }

    /** @param values of the headers or the parameter; null or none: anything */
    public static Accept of(Collection<String> values) {
        List<MediaRange> ranges = new ArrayList<>();
        boolean said = false;
        for (String value : values == null ? List.<String>of() : values) {
            for (String range : split(value)) {
                said |= !range.isBlank();
                MediaRange.parse(range.strip(), ranges.size()).ifPresent(ranges::add);
            }
        }
        return new Accept(said ? ranges : List.of(ANYTHING));
    }

    /** At commas that are not within quotes. */
    private static List<String> split(String value) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\' && quoted) {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                pieces.add(value.substring(begin, at));
                begin = at + 1;
            }
        }
        pieces.add(value.substring(begin));
        return pieces;
    }

    /** The offer the client gets, or nothing when it accepts none. @param offers the best first */
    public Optional<Offer> choose(List<Offer> offers) {
        return ranges.stream()
                .filter(range -> range.weight() > 0)
                .sorted(WANTED)
                .flatMap(range -> inOrder(offers, range).stream()
                        .filter(offer -> offer.answers(range) && !refused(offer))
                        .limit(1))
                .findFirst();
    }

    private static List<Offer> inOrder(List<Offer> offers, MediaRange range) {
        return "*".equals(range.transferSyntax())
                ? offers.stream()
                        .sorted(Comparator.comparing(Offer::stored).reversed())
                        .toList()
                : offers;
    }

    /** Whether the range that names it most closely has weight 0. */
    private boolean refused(Offer offer) {
        return ranges.stream()
                .filter(offer::answers)
                .max(Comparator.comparingInt(MediaRange::precision))
                .filter(range -> range.weight() == 0)
                .isPresent();
    }

    /** @throws Refused 406, which names what is offered */
    public Offer require(List<Offer> offers) {
        return choose(offers).orElseThrow(() -> notAcceptable(offers));
    }

    /** 406. @param offers what there is */
    public static Refused notAcceptable(Collection<Offer> offers) {
        String offered = offers.stream().map(Offer::acceptable).distinct().collect(Collectors.joining(", "));
        return new Refused(
                406,
                offered.isEmpty()
                        ? "It cannot be encoded in any form that the web may have."
                        : "Nothing that is accepted is offered. Offered are: " + offered + ".");
    }
}
