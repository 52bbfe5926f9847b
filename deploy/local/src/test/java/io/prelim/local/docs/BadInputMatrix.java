package io.prelim.local.docs;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What tests say, by {@link BadInput}, of each kind of bad input and each entrance it comes by. */
final class BadInputMatrix {
    /** The doors of ingest, inference's for models, and the API of report. What the readers of objects and of DICOM JSON make of it is tested where they are. */
    static final List<Entrance> COLUMNS =
            List.of(Entrance.DIMSE, Entrance.STOW, Entrance.WADO, Entrance.MLLP, Entrance.MODEL, Entrance.HTTP);

    /** One cell: the answers asserted, and the tests that do. */
    private record Cell(TreeSet<String> answers, TreeSet<String> tests) {
        Cell() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    private final Map<String, Map<Entrance, Cell>> rows = new TreeMap<>();

    /** Reads compiled test classes without loading them. */
    static BadInputMatrix of(List<Path> folders) {
        JavaClasses classes = new ClassFileImporter().importPaths(folders);
        BadInputMatrix matrix = new BadInputMatrix();
        classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .forEach(method -> method.getAnnotations().forEach(annotation -> matrix.add(method, annotation)));
        return matrix;
    }

    private void add(JavaMethod method, JavaAnnotation<?> annotation) {
        String type = annotation.getRawType().getFullName();
        if (type.equals(BadInput.class.getName())) {
            enter(method, annotation);
        } else if (type.equals(BadInput.Rows.class.getName())) {
            Arrays.stream((Object[]) annotation.get("value").orElseThrow())
                    .forEach(row -> enter(method, (JavaAnnotation<?>) row));
        }
    }

    private void enter(JavaMethod method, JavaAnnotation<?> row) {
        Entrance entrance =
                Entrance.valueOf(((JavaEnumConstant) row.get("entrance").orElseThrow()).name());
        Cell cell = rows.computeIfAbsent((String) row.get("id").orElseThrow(), id -> new TreeMap<>())
                .computeIfAbsent(entrance, column -> new Cell());
        cell.answers().add((String) row.get("answer").orElseThrow());
        cell.tests().add(method.getOwner().getSimpleName() + "." + method.getName());
    }

    /**
     * Cells that neither a test nor a reason fills, and reasons of cells that a test fills.
     *
     * @param reasons by row and entrance, why there is no test
     */
    List<String> faults(Map<String, String> inputs, Map<String, Map<Entrance, String>> reasons) {
        List<String> faults = new ArrayList<>();
        for (String id : inputs.keySet()) {
            for (Entrance entrance : COLUMNS) {
                boolean tested = rows.getOrDefault(id, Map.of()).containsKey(entrance);
                boolean excused = reasons.getOrDefault(id, Map.of()).containsKey(entrance);
                if (tested == excused) {
                    faults.add(id + " by " + entrance
                            + (tested ? ": tested, yet with a reason why not" : ": no test, no reason"));
                }
            }
        }
        return faults;
    }

    /** The matrix as a Markdown table, and below it which tests stand behind each cell. */
    String markdown(Map<String, String> inputs, Map<String, Map<Entrance, String>> reasons) {
        StringBuilder text = new StringBuilder("| id | input |");
        COLUMNS.forEach(entrance -> text.append(' ').append(entrance).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
        inputs.forEach((id, input) -> {
            text.append("| ").append(id).append(" | ").append(input).append(" |");
            for (Entrance entrance : COLUMNS) {
                Cell cell = rows.getOrDefault(id, Map.of()).get(entrance);
                String reason = reasons.getOrDefault(id, Map.of()).get(entrance);
                text.append(' ')
                        .append(cell == null ? "*" + reason + "*" : String.join("; ", cell.answers()))
                        .append(" |");
            }
            text.append('\n');
        });
        text.append("\n| id | entrance | tests |\n|---|---|---|\n");
        inputs.keySet()
                .forEach(id -> rows.getOrDefault(id, Map.of())
                        .forEach((entrance, cell) -> text.append("| ")
                                .append(id)
                                .append(" | ")
                                .append(entrance)
                                .append(" | ")
                                .append(cell.tests().stream()
                                        .map(test -> "`" + test + "`")
                                        .collect(Collectors.joining(", ")))
                                .append(" |\n")));
        return text.toString();
    }
}
