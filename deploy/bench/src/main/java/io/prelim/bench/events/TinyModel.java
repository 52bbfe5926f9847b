package io.prelim.bench.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes packages around a graph of 469 bytes that tells how bright 16 × 16 pixels are: its run takes next to nothing. */
final class TinyModel {
    private static final String GRAPH = "inference-service/src/test/models/brightness.onnx";

    private TinyModel() {}

    /** @return the package's folder, {@code parent/id}; its deployment is {@code id-1-0-0} */
    static Path write(Path root, Path parent, String id) throws IOException {
        byte[] graph = Files.readAllBytes(root.resolve(GRAPH));
        Path folder = Files.createDirectories(parent.resolve(id));
        Files.write(folder.resolve("model.onnx"), graph);
        Files.writeString(folder.resolve("manifest.yaml"), manifest(id, graph));
        Files.writeString(folder.resolve("card.yaml"), """
                clearance: none
                region: []
                expires: 2099-12-31
                intended_use: none, a measurement
                """);
        return folder;
    }

    private static String manifest(String id, byte[] graph) {
        return """
               schema: prelim.model/1
               id: %s
               version: 1.0.0
               name: Brightness of an image
               model: { file: model.onnx, sha256: %s }
               input:
                 name: image
                 layout: NCHW
                 shape: [1, 16, 16]
                 preparation:
                   kind: single-frame
                   colour: grey
                   resize: { mode: squash, interpolation: bilinear-antialias, width: 16, height: 16 }
                   intensity: { kind: percentile, low: 0.5, high: 99.5 }
               outputs:
                 finding: { name: logit, activation: sigmoid }
               findings:
                 - id: bright
                   output: logit
                   index: 0
                   code: { scheme: 99TEST, value: "1", meaning: Bright }
                   calibration: { method: platt, slope: 1.0, intercept: 0.0 }
                   threshold: 0.5
                   urgent: false
               selection:
                 modality: [DX]
                 bodyPart: { anyOf: [CHEST], absentAllowed: true }
                 maxImages: 2
               limits: { deadlineSeconds: 30, maxPixels: 1000000 }
               """.formatted(id, sha256(graph));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
