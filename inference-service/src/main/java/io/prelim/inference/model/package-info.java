/**
 * Model packages as data: manifest, card, digests, selection rules, and the catalogue of what is deployed. Pure: no clock, socket or
 * framework; files are read once, by {@link io.prelim.inference.model.PackageReader},
 * from a folder or where they lie in an archive. Every other room may use it; it uses none.
 */
package io.prelim.inference.model;
