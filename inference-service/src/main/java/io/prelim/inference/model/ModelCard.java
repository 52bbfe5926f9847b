package io.prelim.inference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * {@code card.yaml}: the CHAI applied model card. Prelim acts on three keys and shows the rest.
 *
 * @param clearance {@code none}, or the clearance's own text
 * @param regions   where the clearance holds
 * @param expires   the last day the card may be relied on
 * @param content   the whole card
 */
public record ModelCard(String clearance, List<String> regions, LocalDate expires, JsonNode content) {
    static final String FILE = "card.yaml";

    public ModelCard {
        regions = List.copyOf(regions);
    }

    static ModelCard read(byte[] yaml) throws BadPackage {
        YamlNode root = YamlNode.read(FILE, yaml);
        String expires = root.text("expires");
        try {
            return new ModelCard(root.text("clearance"), root.texts("region"), LocalDate.parse(expires), root.json());
        } catch (DateTimeParseException e) {
            throw new BadPackage(FILE, "expires", "\"" + expires + "\" is no date such as 2027-11-30", e);
        }
    }

    /** Whether the model may be used without a watermark. An empty region means that the site has not said where it is. */
    public boolean clearedFor(Optional<String> region) {
        return !clearance.equals("none") && region.isPresent() && regions.contains(region.get());
    }

    public boolean expired(LocalDate today) {
        return today.isAfter(expires);
    }
}
