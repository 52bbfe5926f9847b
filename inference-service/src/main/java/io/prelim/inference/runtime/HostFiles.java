package io.prelim.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import io.prelim.inference.runtime.host.ModelHost;
import io.prelim.inference.runtime.host.Provider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every model's process needs on disk: the class path of the host, and ONNX Runtime's libraries, unpacked once into a folder of this
 * process that goes with it.
 */
final class HostFiles {
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
    private static final List<String> CUDA = List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");
    private static HostFiles shared;
    private static boolean withCuda;

    private final Path folder;
    private final String classPath;

    private HostFiles() throws IOException {
        // readable by its owner alone
        folder = Files.createTempDirectory("prelim-models");
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "model-host-files"));
        for (String library : LIBRARIES) {
            if (!unpack(library)) {
                throw new IOException(
                        "ONNX Runtime brings no " + System.mapLibraryName(library) + " for " + platform());
            }
        }
        classPath = Stream.of(ModelHost.class, OrtEnvironment.class)
                .map(HostFiles::place)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @throws IOException when there is no room for them */
    static synchronized HostFiles get() throws IOException {
        if (shared == null) {
            shared = new HostFiles();
        }
        return shared;
    }

    /** As {@link #get}, with the libraries for a GPU where ONNX Runtime's artifact brings them. */
    static synchronized HostFiles get(Provider provider) throws IOException {
        HostFiles files = get();
        if (provider == Provider.CUDA && !withCuda) {
            for (String library : CUDA) {
                files.unpack(library);
            }
            withCuda = true;
        }
        return files;
    }

    /** Where the libraries are. */
    Path folder() {
        return folder;
    }

    String classPath() {
        return classPath;
    }

    /** A file of the model's bytes; whoever asked deletes it. */
    Path model(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "model", ".onnx"), bytes);
    }

    private boolean unpack(String library) throws IOException {
        String file = System.mapLibraryName(library);
        try (InputStream in =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + platform() + "/" + file)) {
            if (in == null) {
                return false;
            }
            Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As ONNX Runtime names the folders of its libraries. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return (system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux")
                + (arm ? "-aarch64" : "-x64");
    }

    private void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // the system's temporary folder is emptied by the system
        }
    }
}
