package io.prelim.bench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.Preparation;
import io.prelim.inference.prepare.ImagePreparation;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.prepare.UnpreparedImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime in this process and nothing around it: a ready tensor in, the scores out, by the options that the worker's sessions have. */
final class BareLoop implements Subject {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final List<Tensor> tensors = new ArrayList<>();
    private final String input;
    private final Set<String> outputs = new LinkedHashSet<>();
    private final OrtSession session;
    private double sum;

    BareLoop(ModelPackage model, Radiographs radiographs) throws OrtException, UnpreparedImage, InterruptedException {
        ModelManifest manifest = model.manifest();
        input = manifest.input().name();
        outputs.add(manifest.outputs().answer());
        manifest.outputs().scope().ifPresent(scope -> outputs.add(scope.name()));
        Preparation.SingleFrame how = (Preparation.SingleFrame) manifest.input().preparation();
        for (Image image : radiographs.images()) {
            tensors.add(ImagePreparation.open(how, image, radiographs.pixels(image), PixelLimits.DEFAULT)
                    .tensor(1));
        }
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(model.model(), options);
        }
    }

    @Override
    public void study(int index) throws OrtException {
        Tensor tensor = tensors.get(index % tensors.size());
        try (OnnxTensor value =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), tensor.shape());
                OrtSession.Result result = session.run(Map.of(input, value), outputs)) {
            for (String output : outputs) {
                sum += ((OnnxTensor) result.get(output).orElseThrow())
                        .getFloatBuffer()
                        .get(0);
            }
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("the model gave no number");
        }
    }
}
