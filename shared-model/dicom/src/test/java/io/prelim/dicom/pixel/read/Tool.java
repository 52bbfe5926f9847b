package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of others that encode and decode pixel data. */
public final class Tool {
    private Tool() {}

    /** Runs a program that must do what it is told; the test is skipped where it is not installed. */
    static void run(String packageName, String program, String... arguments) throws IOException, InterruptedException {
        assertThat(exit(packageName, program, arguments))
                .as(program + " " + String.join(" ", arguments))
                .isZero();
    }

    /** Runs a program that may refuse, and gives its exit code; the test is skipped where it is not installed. */
    public static int exit(String packageName, String program, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is missing: apt-get install " + packageName);
        List<String> command =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
