package io.prelim.chaos.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ext4 file system in a file, mounted by a loop device, whose power can be cut.
 *
 * <p>The cut is ext4's own shutdown without flushing its log (EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, as file system tests use it):
 * from that instant nothing reaches the device, dirty pages and the open journal transaction are dropped with the unmount, and the
 * next mount replays the journal as after a power failure. What the kernel had written back by itself before is kept, as on a disk
 * without a volatile cache of its own.
 */
final class Volume implements AutoCloseable {
    private static final String SHUTDOWN =
            "open(my $f, '<', $ARGV[0]) or die $!; my $how = pack('L', 2); ioctl($f, 0x8004587d, $how) or die $!;";
    private static final int UNMOUNT_TRIES = 50;
    private static final String MARK = "mark";
    private static final String BALLAST = "ballast";
    private static final int BLOCK = 1 << 20;

    private final Path image;
    private final Path root;

    private Volume(Path image, Path root) {
        this.image = image;
        this.root = root;
    }

    /** @throws IOException when this machine allows no loop mounts, and why */
    static Volume create(Path folder, long bytes) throws IOException, InterruptedException {
        Path image = folder.resolve("volume.img");
        Path root = Files.createDirectories(folder.resolve("volume"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        Command.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Volume volume = new Volume(image, root);
        volume.mount();
        Files.writeString(root.resolve(MARK), "\n");
        return volume;
    }

    Path root() {
        return root;
    }

    /** From here on nothing reaches the device. Takes some milliseconds. */
    void cutPower() throws IOException, InterruptedException {
        Command.run("perl", "-e", SHUTDOWN, root.resolve(MARK).toString());
    }

    /** Mounts what is on the device. No process may use the volume any more. */
    void restorePower() throws IOException, InterruptedException {
        unmount();
        mount();
        Files.deleteIfExists(root.resolve(BALLAST));
    }

    /** Takes all space but so many bytes. */
    void fill(long leave) throws IOException {
        long bytes = Files.getFileStore(root).getUsableSpace() - leave;
        byte[] block = new byte[BLOCK];
        try (var out = Files.newOutputStream(root.resolve(BALLAST))) {
            for (long left = bytes; left > 0; left -= BLOCK) {
                out.write(block, 0, (int) Math.min(left, BLOCK));
            }
        }
    }

    /** Gives the space back. */
    void drain() throws IOException {
        Files.deleteIfExists(root.resolve(BALLAST));
    }

    private void mount() throws IOException, InterruptedException {
        Command.run("mount", "-o", "loop", image.toString(), root.toString());
    }

    private void unmount() throws IOException, InterruptedException {
        for (int left = UNMOUNT_TRIES; ; left--) {
            try {
                Command.run("umount", root.toString());
                return;
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                Thread.sleep(100); // the last process is gone, its files not yet
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            unmount();
            Files.deleteIfExists(image);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
