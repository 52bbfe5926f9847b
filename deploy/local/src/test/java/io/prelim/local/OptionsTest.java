package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.local.stack.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    @TempDir
    Path folder;

    @Test
    void nothingAskedMeansSamplesAndNoStaying() throws Refusal {
        Options options = Options.parse();

        assertThat(options.samples()).isTrue();
        assertThat(options.stay()).isFalse();
        assertThat(options.help()).isFalse();
        assertThat(options.state()).isEqualTo(Optional.empty());
        assertThat(options.paths()).isEmpty();
    }

    @Test
    void pathsTakeThePlaceOfSamples() throws Refusal {
        Options options = Options.parse("--stay", folder.toString(), "--state", "data");

        assertThat(options.samples()).isFalse();
        assertThat(options.stay()).isTrue();
        assertThat(options.paths()).containsExactly(folder);
        assertThat(options.state()).contains(Path.of("data"));
    }

    @Test
    void afterTwoDashesEverythingIsAPath() throws Exception {
        Path odd = Files.createFile(folder.resolve("--stay"));

        Options options = Options.parse("--", odd.toString());

        assertThat(options.paths()).containsExactly(odd);
        assertThat(options.stay()).isFalse();
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> Options.parse("--fast"))
                .isInstanceOf(Refusal.class)
                .hasMessage("unknown option --fast; --help lists what there is");
    }

    @Test
    void stateWithoutFolderIsRefused() {
        assertThatThrownBy(() -> Options.parse("--state")).hasMessage("--state needs a folder");
    }

    @Test
    void missingPathIsRefusedByName() {
        assertThatThrownBy(() -> Options.parse("no/such/file")).hasMessage("there is no file or folder no/such/file");
    }
}
