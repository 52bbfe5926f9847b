package io.prelim.ingest.web.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.ingest.web.qido.SearchResource;
import io.prelim.ingest.web.wado.BulkDataResource;
import io.prelim.ingest.web.wado.FramesResource;
import io.prelim.ingest.web.wado.MetadataResource;
import io.prelim.ingest.web.wado.RenderedResource;
import io.prelim.ingest.web.wado.RetrieveResource;
import io.prelim.testkit.docs.GeneratedText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesTest {
    private static final Map<Class<?>, String> SERVICES = new LinkedHashMap<>();

    static {
        SERVICES.put(SearchResource.class, "Search");
        SERVICES.put(RetrieveResource.class, "Retrieve instances");
        SERVICES.put(MetadataResource.class, "Retrieve metadata");
        SERVICES.put(BulkDataResource.class, "Retrieve bulk data");
        SERVICES.put(FramesResource.class, "Retrieve frames");
        SERVICES.put(RenderedResource.class, "Retrieve rendered");
    }

    @Test
    void areInTheConformanceStatement() throws IOException {
        StringBuilder table = new StringBuilder("| transaction | GET |\n|---|---|\n");
        SERVICES.forEach((resource, transaction) -> paths(resource)
                .forEach(path -> table.append("| ")
                        .append(transaction)
                        .append(" | `")
                        .append(path)
                        .append("` |\n")));
        GeneratedText.check("deploy/docs/conformance.md", "dicomweb-resources", table.toString());
    }

    @Test
    void areForReadersAlone() {
        assertThat(SERVICES.keySet()).allMatch(resource -> resource.isAnnotationPresent(IdentifiedData.class));
    }

    private static List<String> paths(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GET.class))
                .map(ResourcesTest::path)
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static String path(Method method) {
        return Addresses.ROOT + method.getAnnotation(Path.class).value();
    }
}
