package io.prelim.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The places are in the services' classes: a method that is renamed fails here, not silently in the rig. */
class WeavingTest {
    private final ClassFileLocator classes =
            new ClassFileLocator.Compound(ClassFileLocator.ForClassLoader.ofSystemLoader(), new Stubs());
    private final TypePool types = TypePool.Default.of(classes);

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void crashPointIsOneMethodOfTheService(CrashPoint point) {
        assertThat(methods(point.className(), point.method())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void plantedBugIsOneMethodOfIngest(Deed deed) {
        assertThat(methods(deed.className(), deed.method())).isEqualTo(1);
    }

    @Test
    void everythingAtOnceCanBeWoven() throws IOException {
        Map<String, List<AsmVisitorWrapper>> weaving = Agent.weaving(Arrays.asList(Deed.values()));

        for (Map.Entry<String, List<AsmVisitorWrapper>> entry : weaving.entrySet()) {
            byte[] before = classes.locate(entry.getKey()).resolve();
            assertThat(woven(entry.getKey(), entry.getValue()))
                    .as(entry.getKey())
                    .isNotEqualTo(before)
                    .hasSizeGreaterThan(before.length);
        }
    }

    @Test
    void noServiceKnowsTheRig() throws IOException {
        for (CrashPoint point : CrashPoint.values()) {
            byte[] bytes = classes.locate(point.className()).resolve();
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .as(point.className())
                    .doesNotContain("io/prelim/chaos", "crash");
        }
    }

    private long methods(String className, String method) {
        return types.describe(className).resolve().getDeclaredMethods().stream()
                .filter(declared -> declared.getName().equals(method) && !declared.isSynthetic())
                .count();
    }

    private byte[] woven(String className, List<AsmVisitorWrapper> visitors) throws IOException {
        TypeDescription type = types.describe(className).resolve();
        DynamicType.Builder<?> builder = new ByteBuddy().redefine(type, classes);
        for (AsmVisitorWrapper visitor : visitors) {
            builder = builder.visit(visitor);
        }
        try (DynamicType.Unloaded<?> made = builder.make(types)) {
            return made.getBytes();
        }
    }

    /** Stands in for the services' libraries, which are not on the class path here: their names are all that weaving needs. */
    private static final class Stubs implements ClassFileLocator {
        @Override
        public Resolution locate(String name) {
            try (DynamicType.Unloaded<?> stub =
                    new ByteBuddy().subclass(Object.class).name(name).make()) {
                return new Resolution.Explicit(stub.getBytes());
            }
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
