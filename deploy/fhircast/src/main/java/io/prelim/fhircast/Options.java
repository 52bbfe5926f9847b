package io.prelim.fhircast;

import java.net.URI;
import java.time.Duration;

/**
 * What is checked, and how.
 *
 * @param hub     {@code hub.url}, without a slash at its end
 * @param topic   a session that the hub knows, or makes when it is subscribed to
 * @param token   sent as a bearer token; null for none
 * @param patience  how long something that must happen may take
 * @param silence how long a hub may wait for a subscriber's answer: 10 s by FHIRcast 2.5, and some more
 */
public record Options(URI hub, String topic, String token, Duration patience, Duration silence) {}
