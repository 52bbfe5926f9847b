package io.prelim.inference.model;

import java.util.function.Supplier;

/** The catalogue as it is now. One thread sets it, any may read it; what was read stays whole. */
public final class CurrentCatalogue implements Supplier<Catalogue> {
    private volatile Catalogue catalogue = Catalogue.EMPTY;

    @Override
    public Catalogue get() {
        return catalogue;
    }

    public void set(Catalogue next) {
        catalogue = next;
    }
}
