package io.prelim.inference.start;

import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.Catalogue.Refused;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.model.PackageTrust;
import io.prelim.inference.runtime.ModelFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The configured places of packages, look after look. A package is read and proved once it looks the same in two looks, so that one that
 * is still being copied is not taken; one that is gone in two looks is gone. A place that cannot be read keeps what it had: a network
 * folder that is away for a moment retires nothing. Every role proves packages, so that no study is planned for a model that cannot
 * run; one bad package does not keep the others out of service. Not thread-safe.
 */
final class PackageShelf {
    private final List<Path> places;
    private final PackageTrust trust;
    private final Proof proof;
    private Map<Path, Item> items = new LinkedHashMap<>();
    private final Set<Path> unreadable = new HashSet<>();
    private final List<Refused> faults = new ArrayList<>();
    private boolean looked;

    PackageShelf(List<Path> places, PackageTrust trust, Proof proof) {
        this.places = List.copyOf(places);
        this.trust = trust;
        this.proof = proof;
    }

    /** Loads and runs a model; throws if it cannot. */
    interface Proof {
        void prove(ModelPackage read) throws ModelFailure;
    }

    /**
     * @param proven  deployments' names are unique
     * @param refused what else is there, and why it is not among them
     */
    record Contents(List<ModelPackage> proven, List<Refused> refused) {}

    /** Looks again. At the first look everything is taken as it is: what is wrong then is read again once it changes. */
    Contents look() {
        Map<Path, Item> next = new LinkedHashMap<>();
        faults.clear();
        for (Path place : places) {
            try {
                for (Path found : PackageReader.find(place)) {
                    next.put(found, seen(items.getOrDefault(found, new Item(place)), found));
                }
                unreadable.remove(place);
            } catch (BadPackage e) {
                if (unreadable.add(place)) {
                    OperatorMessage.PACKAGES_NOT_FOUND.log("place", place.toAbsolutePath());
                }
                faults.add(new Refused(place.toString(), String.valueOf(e.getMessage())));
            }
        }
        items.forEach((path, item) -> {
            if (!next.containsKey(path) && (unreadable.contains(item.place) || !item.missed)) {
                item.missed = !unreadable.contains(item.place);
                next.put(path, item);
            }
        });
        items = next;
        looked = true;
        return contents();
    }

    /** What could not be put in service after all; it is tried again once it changes. */
    Contents refuse(ModelPackage failed, String reason) {
        items.forEach((path, item) -> {
            if (item.proven == failed) {
                item.refused(path, reason);
            }
        });
        return contents();
    }

    private Item seen(Item item, Path path) {
        Fingerprint now = Fingerprint.of(path);
        boolean settled = !looked || now.equals(item.last);
        if (settled && !now.equals(item.read)) {
            read(item, path);
            // whatever was written meanwhile is read at a later look
            item.read = now.equals(Fingerprint.of(path)) ? now : null;
        }
        item.last = now;
        item.missed = false;
        return item;
    }

    private void read(Item item, Path path) {
        try {
            ModelPackage read = PackageReader.read(path);
            trust.check(read);
            if (item.proven == null || !item.proven.digest().equals(read.digest())) {
                proof.prove(read);
                item.proven = read;
            }
            item.reason = null;
        } catch (BadPackage | ModelFailure e) {
            item.refused(path, String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            item.refused(path, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Contents contents() {
        Map<String, ModelPackage> proven = new LinkedHashMap<>();
        Map<String, Path> from = new HashMap<>();
        List<Refused> refused = new ArrayList<>(faults);
        items.forEach((path, item) -> {
            if (item.reason != null) {
                refused.add(new Refused(path.toString(), item.reason));
            } else if (item.proven != null) {
                String name = item.proven.deployment();
                if (proven.putIfAbsent(name, item.proven) == null) {
                    from.put(name, path);
                } else {
                    refused.add(new Refused(
                            path.toString(),
                            "manifest.yaml: version: " + name + " is there already, from "
                                    + Objects.requireNonNull(from.get(name)) + "; new bytes need a new version"));
                }
            }
        });
        return new Contents(List.copyOf(proven.values()), List.copyOf(refused));
    }

    /** One package that is or was there. */
    private static final class Item {
        private final Path place;
        private Fingerprint last;
        private Fingerprint read;
        private ModelPackage proven;
        private String reason;
        private boolean missed;

        private Item(Path place) {
            this.place = place;
        }

        private void refused(Path path, String why) {
            OperatorMessage.PACKAGE_REFUSED.log("folder", path, "reason", why);
            proven = null;
            reason = why;
        }
    }
}
