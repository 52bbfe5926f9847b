package io.prelim.chaos.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.utility.JavaModule;

/**
 * Started with a service's process: {@code -javaagent:JAR=ORDERS[,DEED...]}, where ORDERS is the file that arms a crash point. A class
 * that cannot be woven ends the process: a point that is not there must not look like one that was not reached.
 */
public final class Agent {
    /** The exit code of a process that could not be woven. */
    public static final int NOT_WOVEN = 87;

    private Agent() {}

    /** Called by Java before the service's own main. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        String[] words = arguments.split(",", -1);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            deeds.add(deed(words[i]));
        }
        AgentBuilder builder = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .ignore(none())
                .with(new EndOnError());
        for (Map.Entry<String, List<AsmVisitorWrapper>> woven : weaving(deeds).entrySet()) {
            builder = builder.type(named(woven.getKey()))
                    .transform((type, description, loader, module, domain) -> apply(type, woven.getValue()));
        }
        builder.installOn(instrumentation);
        Reached.follow(Path.of(words[0]));
    }

    private static Deed deed(String label) {
        for (Deed deed : Deed.values()) {
            if (deed.label().equals(label)) {
                return deed;
            }
        }
        throw new IllegalArgumentException("there is no planted bug " + label);
    }

    private static DynamicType.Builder<?> apply(DynamicType.Builder<?> type, List<AsmVisitorWrapper> visitors) {
        DynamicType.Builder<?> woven = type;
        for (AsmVisitorWrapper visitor : visitors) {
            woven = woven.visit(visitor);
        }
        return woven;
    }

    /** By class: what is woven into it. */
    static Map<String, List<AsmVisitorWrapper>> weaving(List<Deed> deeds) {
        Map<String, List<AsmVisitorWrapper>> all = new LinkedHashMap<>();
        for (Deed deed : deeds) {
            add(all, deed.className(), Advice.to(deed.advice()).on(named(deed.method())));
            if (deed == Deed.ACKNOWLEDGE_EARLY) {
                CrashPoint late = CrashPoint.BEFORE_INDEX_COMMIT;
                add(
                        all,
                        late.className(),
                        Advice.to(PlantedBugs.WriteLate.class).on(named(late.method())));
            }
        }
        for (CrashPoint point : CrashPoint.values()) {
            Class<?> advice = point.moment() == CrashPoint.Moment.ENTRY ? OnEntry.class : OnExit.class;
            add(
                    all,
                    point.className(),
                    Advice.withCustomMapping()
                            .bind(Point.class, point.label())
                            .to(advice)
                            .on(named(point.method())));
        }
        return all;
    }

    private static void add(Map<String, List<AsmVisitorWrapper>> all, String className, AsmVisitorWrapper visitor) {
        all.computeIfAbsent(className, key -> new ArrayList<>()).add(visitor);
    }

    /** The name of the point woven in. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Point {}

    static final class OnEntry {
        private OnEntry() {}

        @Advice.OnMethodEnter
        static void enter(@Point String point) {
            Reached.at(point);
        }
    }

    static final class OnExit {
        private OnExit() {}

        @Advice.OnMethodExit
        static void exit(@Point String point) {
            Reached.at(point);
        }
    }

    private static final class EndOnError extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable fault) {
            System.err.println("the rig could not weave " + type + ": " + fault);
            Runtime.getRuntime().halt(NOT_WOVEN);
        }

        @Override
        public void onTransformation(
                TypeDescription type, ClassLoader loader, JavaModule module, boolean loaded, DynamicType dynamic) {
            System.err.println("the rig has woven " + type.getName());
        }
    }
}
