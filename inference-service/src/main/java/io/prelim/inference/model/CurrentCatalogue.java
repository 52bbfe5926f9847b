package io.prelim.inference.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The catalogue as it is now. One thread sets it, any may read it; what was read stays whole. */
public final class CurrentCatalogue implements Supplier<Catalogue> {
    private volatile Catalogue catalogue = Catalogue.EMPTY;
    private volatile Map<String, String> providers = Map.of();

    @Override
    public Catalogue get() {
        return catalogue;
    }

    /** @param running execution provider of each deployment that this process works for, by name */
    public void set(Catalogue next, Map<String, String> running) {
        providers = Map.copyOf(running);
        catalogue = next;
    }

    /** What a deployment is computed by here; empty if this process does not work for it. */
    public Optional<String> provider(String deployment) {
        return Optional.ofNullable(providers.get(deployment));
    }
}
