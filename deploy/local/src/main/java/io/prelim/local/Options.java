package io.prelim.local;

import io.prelim.local.stack.Refusal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param help print the help and end
 * @param stay keep running until stopped
 * @param samples send the sample studies
 * @param state where data are kept; empty: a folder that is removed at the end
 * @param paths DICOM files and folders to send
 */
record Options(boolean help, boolean stay, boolean samples, Optional<Path> state, List<Path> paths) {
    Options {
        paths = List.copyOf(paths);
    }

    /** @throws Refusal for an unknown option, or a path that cannot be read */
    static Options parse(String... args) throws Refusal {
        boolean help = false;
        boolean stay = false;
        boolean samples = true;
        boolean optionsOver = false;
        Optional<Path> state = Optional.empty();
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (optionsOver || !arg.startsWith("-")) {
                paths.add(readable(arg));
                continue;
            }
            switch (arg) {
                case "--" -> optionsOver = true;
                case "--help", "-h" -> help = true;
                case "--stay" -> stay = true;
                case "--no-samples" -> samples = false;
                case "--state" -> {
                    if (i + 1 == args.length || args[i + 1].isEmpty()) {
                        throw new Refusal("--state needs a folder");
                    }
                    state = Optional.of(path(args[++i]));
                }
                default -> throw new Refusal("unknown option " + arg + "; --help lists what there is");
            }
        }
        return new Options(help, stay, samples && paths.isEmpty(), state, paths);
    }

    private static Path readable(String text) throws Refusal {
        Path path = path(text);
        if (!Files.exists(path)) {
            throw new Refusal("there is no file or folder " + text);
        }
        if (!Files.isReadable(path) || (Files.isDirectory(path) && !Files.isExecutable(path))) {
            throw new Refusal(text + " cannot be read: permission denied");
        }
        return path;
    }

    private static Path path(String text) throws Refusal {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Refusal("\"" + text + "\" is not a path");
        }
    }
}
