package io.prelim.chaos.site;

import io.prelim.chaos.agent.Deed;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Where a run is built: a folder, and on machines that allow it a volume whose power can be cut. */
public final class Ground implements AutoCloseable {
    private static final long VOLUME_BYTES = 1536L << 20;

    private final Path root;
    private final Path folder;
    private final Volume volume;
    private final String why;
    private Site site;
    private boolean closed;

    private Ground(Path root, Path folder, Volume volume, String why) {
        this.root = root;
        this.folder = folder;
        this.volume = volume;
        this.why = why;
    }

    /**
     * @param root the project's folder, built
     * @param folder empty
     */
    public static Ground prepare(Path root, Path folder) throws InterruptedException {
        try {
            return new Ground(root, folder, Volume.create(folder, VOLUME_BYTES), "yes");
        } catch (IOException e) {
            return new Ground(root, folder, null, "no, this machine allows no loop mounts: " + e.getMessage());
        }
    }

    public Path folder() {
        return folder;
    }

    /** Whether there is a volume, whose power can be cut and which can be filled. */
    public boolean canCutPower() {
        return volume != null;
    }

    /** For people. */
    public String powerCuts() {
        return why;
    }

    /**
     * Starts everything on it, once.
     *
     * @param deeds bugs to be planted into ingest
     */
    public Site build(List<Deed> deeds) throws IOException, InterruptedException, SQLException {
        Site built = Site.on(root, folder, volume, deeds);
        synchronized (this) {
            if (closed) {
                throw new IOException("the run was stopped");
            }
            site = built;
        }
        built.start();
        return built;
    }

    /** Ends every process and gives the volume up; at any moment, from any thread. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (site != null) {
            site.close();
        }
        if (volume != null) {
            volume.close();
        }
    }
}
