package io.prelim.store.copy;

/** Whether the other store is in reach: away from a group that was not copied in time until something is. */
final class Reach {
    private final CopyWatch watch;
    private boolean opened;
    private boolean away;

    Reach(CopyWatch watch) {
        this.watch = watch;
    }

    synchronized boolean opened() {
        return opened;
    }

    synchronized boolean taking() {
        return opened && !away;
    }

    synchronized void open() {
        opened = true;
        succeeded();
    }

    synchronized void succeeded() {
        if (away) {
            away = false;
            watch.back();
        }
    }

    synchronized void lost(String reason) {
        if (!away) {
            away = true;
            watch.away(reason);
        }
    }
}
