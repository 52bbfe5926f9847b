package io.prelim.chaos.send;

import java.util.Random;

/** How a connection through the proxy behaves. */
sealed interface Line {
    /** As it should. */
    record Clean() implements Line {}

    /** Reset by the proxy, both sides, after so many bytes to the service. */
    record Reset(long afterBytes) implements Line {}

    /** After so many bytes nothing goes through any more, and nobody is told. */
    record HalfOpen(long afterBytes) implements Line {}

    /** In pieces of so many bytes, with a pause after each. */
    record Sliced(int pieceBytes, int pauseMillis) implements Line {}

    /** One connection in five is not clean. */
    static Line draw(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> new Reset(random.nextInt(60_000));
            case 1 -> new HalfOpen(random.nextInt(60_000));
            case 2 -> new Sliced(1 + random.nextInt(700), 1);
            case 3 -> new Sliced(8_192, 40);
            default -> new Clean();
        };
    }
}
