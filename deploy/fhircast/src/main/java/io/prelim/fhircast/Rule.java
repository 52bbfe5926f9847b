package io.prelim.fhircast;

/**
 * One rule that a hub keeps.
 *
 * @param name     short, and stays
 * @param source   the section of FHIRcast, or the transaction of IHE IRA
 * @param expected what a hub does
 */
public record Rule(String name, String source, String expected) {}
