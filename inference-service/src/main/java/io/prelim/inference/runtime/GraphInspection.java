package io.prelim.inference.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Reads an ONNX file's protobuf (onnx.proto, IR version 3 and up) before any native code sees it, and refuses what reaches outside the
 * file (tensors with external data, operators of domains that ONNX Runtime does not bring, compiled contexts) or what no deployed model
 * needs (sparse tensors, functions, training graphs), and tensors that claim more values than they have bytes for.
 */
final class GraphInspection {
    private static final int MAX_DEPTH = 32;

    /** Four of two bits; every other kind of element takes more (onnx.proto, TensorProto). */
    private static final long MOST_VALUES_A_BYTE = 4;

    private static final String COMPILED = "EPContext";
    private static final Set<String> DOMAINS =
            Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview.training", "com.microsoft.nchwc");

    // field numbers of onnx.proto
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPSET = 8;
    private static final int MODEL_TRAINING = 20;
    private static final int MODEL_FUNCTIONS = 25;
    private static final int OPSET_DOMAIN = 1;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int NODE_DOMAIN = 7;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_TENSORS = 10;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int ATTRIBUTE_SPARSE = 22;
    private static final int ATTRIBUTE_SPARSES = 23;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;

    private GraphInspection() {}

    /** @throws ModelFailure saying what was found, and at which byte where the file is malformed */
    static void check(byte[] onnx) throws ModelFailure {
        boolean graph = false;
        for (ProtobufFields fields = new ProtobufFields(onnx); fields.next(); ) {
            if (fields.number() == MODEL_FUNCTIONS) {
                throw new ModelFailure("the model defines functions of its own");
            }
            if (fields.number() == MODEL_TRAINING) {
                throw new ModelFailure("the model holds a training graph; export it for inference");
            }
            if (fields.number() == MODEL_OPSET) {
                domain(fields.message(), OPSET_DOMAIN);
            }
            if (fields.number() == MODEL_GRAPH) {
                graph = true;
                graph(fields.message(), 0);
            }
        }
        if (!graph) {
            throw new ModelFailure("the file holds no ONNX graph");
        }
    }

    private static void graph(ProtobufFields fields, int depth) throws ModelFailure {
        if (depth > MAX_DEPTH) {
            throw new ModelFailure("graphs are nested deeper than " + MAX_DEPTH);
        }
        while (fields.next()) {
            if (fields.number() == GRAPH_NODE) {
                node(fields.message(), depth);
            } else if (fields.number() == GRAPH_INITIALIZER) {
                tensor(fields.message());
            } else if (fields.number() == GRAPH_SPARSE_INITIALIZER) {
                throw sparse();
            }
        }
    }

    private static void node(ProtobufFields fields, int depth) throws ModelFailure {
        while (fields.next()) {
            if (fields.number() == NODE_ATTRIBUTE) {
                attribute(fields.message(), depth);
            } else if (fields.number() == NODE_DOMAIN) {
                known(text(fields));
            } else if (fields.number() == NODE_OPERATOR && text(fields).equals(COMPILED)) {
                throw new ModelFailure(
                        "the model refers to a compiled context (" + COMPILED + "), which may be another file");
            }
        }
    }

    private static void attribute(ProtobufFields fields, int depth) throws ModelFailure {
        while (fields.next()) {
            int number = fields.number();
            if (number == ATTRIBUTE_TENSOR || number == ATTRIBUTE_TENSORS) {
                tensor(fields.message());
            } else if (number == ATTRIBUTE_GRAPH || number == ATTRIBUTE_GRAPHS) {
                graph(fields.message(), depth + 1);
            } else if (number == ATTRIBUTE_SPARSE || number == ATTRIBUTE_SPARSES) {
                throw sparse();
            }
        }
    }

    private static void tensor(ProtobufFields fields) throws ModelFailure {
        long most = MOST_VALUES_A_BYTE * fields.remaining();
        long values = 1;
        while (fields.next()) {
            for (long dim : fields.number() == TENSOR_DIMS ? fields.varints() : List.<Long>of()) {
                // a 0 counts as 1: it must not hide the others
                if (dim < 0 || dim > most || values * Math.max(1, dim) > most) {
                    throw new ModelFailure("a tensor claims more values than there are bytes for");
                }
                values *= Math.max(1, dim);
            }
            boolean external = fields.number() == TENSOR_EXTERNAL_DATA
                    || (fields.number() == TENSOR_DATA_LOCATION && fields.varint() != 0);
            if (external) {
                throw new ModelFailure("the model keeps tensors outside its file (external data)");
            }
        }
    }

    private static String text(ProtobufFields fields) throws ModelFailure {
        return new String(fields.text(), StandardCharsets.UTF_8);
    }

    private static void domain(ProtobufFields fields, int domainField) throws ModelFailure {
        while (fields.next()) {
            if (fields.number() == domainField) {
                known(text(fields));
            }
        }
    }

    private static void known(String name) throws ModelFailure {
        if (!DOMAINS.contains(name)) {
            String shown = name.matches("[A-Za-z0-9._-]{1,64}") ? name : "(not a name)";
            throw new ModelFailure(
                    "the model uses operators of domain " + shown + ", which ONNX Runtime does not bring");
        }
    }

    private static ModelFailure sparse() {
        return new ModelFailure("the model holds sparse tensors");
    }
}
