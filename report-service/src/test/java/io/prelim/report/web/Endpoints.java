package io.prelim.report.web;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.prelim.access.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every endpoint of this service, as its classes say. */
public final class Endpoints {
    private Endpoints() {}

    /**
     * @param roles   that may call it; null where it has a token of its own
     * @param method  {@code GET}, {@code POST}…
     * @param path    with its parameters in braces, without their patterns
     * @param problem why it must not be as it is; null for none
     */
    public record Endpoint(String method, String path, Set<String> roles, String problem) {
        public boolean ofReport() {
            return path.contains("{reportKey}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** By path; several forms of an answer are one. */
    public static List<Endpoint> all() {
        List<Endpoint> endpoints = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.prelim.report")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.reflect())
                        .forEach(type -> of(type, endpoints));
        return endpoints.stream()
                .distinct()
                .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method))
                .toList();
    }

    private static void of(Class<?> type, List<Endpoint> endpoints) {
        for (Method method : type.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    endpoints.add(of(type, method, http.value()));
                }
            }
        }
    }

    private static Endpoint of(Class<?> type, Method method, String http) {
        Path below = method.getAnnotation(Path.class);
        String path = (type.getAnnotation(Path.class).value() + (below == null ? "" : below.value()))
                .replaceAll(":[^}]*}", "}");
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        if (roles == null) {
            roles = type.getAnnotation(RolesAllowed.class);
        }
        boolean token = method.isAnnotationPresent(PermitAll.class) && path.startsWith("/internal/");
        String problem = null;
        if (roles == null && !token) {
            problem = "has no roles: add @RolesAllowed";
        } else if (roles != null && !Roles.ALL.containsAll(Arrays.asList(roles.value()))) {
            problem = "has roles that there are not";
        } else if (path.contains("{reportKey}") && !recorded(type, method)) {
            problem = "is of one report and neither asks for its site nor is recorded: add @PatientRecord";
        }
        return new Endpoint(http, path, roles == null ? null : new TreeSet<>(Arrays.asList(roles.value())), problem);
    }

    /** The method, or another of its class that it hands over to. */
    private static boolean recorded(Class<?> type, Method method) {
        return method.isAnnotationPresent(PatientRecord.class)
                || type.isAnnotationPresent(PatientRecord.class)
                || Arrays.stream(type.getDeclaredMethods())
                        .filter(each -> Arrays.stream(each.getAnnotations())
                                .noneMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
                        .anyMatch(each -> each.isAnnotationPresent(PatientRecord.class));
    }
}
