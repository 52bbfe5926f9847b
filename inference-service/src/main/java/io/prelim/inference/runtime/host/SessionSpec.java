package io.prelim.inference.runtime.host;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host is to load, and where it is to run.
 *
 * @param model        path of the ONNX file, which may be gone once the host answered
 * @param input        name of the only input
 * @param shape        of the input, all dimensions fixed
 * @param outputs      wanted of each run, in the order they are answered in
 * @param provider     that must compute it
 * @param device       number of the GPU, from 0
 * @param deviceMemory bytes of the GPU that the session may take
 * @param batch        inputs of one run at most, 1 or more; a graph whose batch axis is not free gets 1
 */
public record SessionSpec(
        String model,
        String input,
        List<Long> shape,
        List<String> outputs,
        Provider provider,
        int device,
        long deviceMemory,
        int batch) {
    public SessionSpec {
        shape = List.copyOf(shape);
        outputs = List.copyOf(outputs);
    }

    /** Values of one input; each takes four bytes. */
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
        write(outputs, out);
        out.writeUTF(provider.name());
        out.writeInt(device);
        out.writeLong(deviceMemory);
        out.writeInt(batch);
        out.flush();
    }

    static SessionSpec read(DataInputStream in) throws IOException {
        String model = in.readUTF();
        String input = in.readUTF();
        List<Long> shape = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            shape.add(in.readLong());
        }
        return new SessionSpec(
                model,
                input,
                shape,
                names(in),
                Provider.valueOf(in.readUTF()),
                in.readInt(),
                in.readLong(),
                in.readInt());
    }

    private static void write(List<String> names, DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> names(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }
}
