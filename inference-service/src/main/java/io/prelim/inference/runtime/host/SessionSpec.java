package io.prelim.inference.runtime.host;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host is to load.
 *
 * @param model   path of the ONNX file, which may be gone once the host answered
 * @param input   name of the only input
 * @param shape   of the input, all dimensions fixed
 * @param outputs wanted of each run, in the order they are answered in
 */
public record SessionSpec(String model, String input, List<Long> shape, List<String> outputs) {
    public SessionSpec {
        shape = List.copyOf(shape);
        outputs = List.copyOf(outputs);
    }

    /** Values of the input; each takes four bytes. */
    public long values() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeUTF(model);
        out.writeUTF(input);
        out.writeInt(shape.size());
        for (long dimension : shape) {
            out.writeLong(dimension);
        }
        out.writeInt(outputs.size());
        for (String output : outputs) {
            out.writeUTF(output);
        }
        out.flush();
    }

    static SessionSpec read(DataInputStream in) throws IOException {
        String model = in.readUTF();
        String input = in.readUTF();
        List<Long> shape = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            shape.add(in.readLong());
        }
        List<String> outputs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            outputs.add(in.readUTF());
        }
        return new SessionSpec(model, input, shape, outputs);
    }
}
