package dev.skein.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a suite inside a test, to see what it says of an implementation. */
final class Suites {
    /** What is wrong on purpose is wrong after a second as after twenty. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Suites() {}

    /**
     * What became of the cases, by the names of their methods; a case with several invocations has
     * failed if one of them has.
     */
    record Verdict(
            Map<String, String> failed,
            Map<String, String> suppressed,
            Map<String, String> skipped,
            Map<String, String> passed) {
        Verdict() {
            this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }
    }

    /** Runs these cases of the suite, or all if none is named. */
    static Verdict run(Class<?> suite, Path reports, String... cases) {
        var verdict = new Verdict();
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selected(suite, cases))
                        .configurationParameter("skein.contracts", reports.toString())
                        .build();
        ScopedValue.where(Patience.SHORTENED, PATIENCE)
                .run(() -> LauncherFactory.create().execute(request, new Listener(verdict)));
        verdict.passed.keySet().removeAll(verdict.failed.keySet());
        return verdict;
    }

    private static List<DiscoverySelector> selected(Class<?> suite, String... cases) {
        if (cases.length == 0) return List.of(selectClass(suite));
        var methods = new ArrayList<DiscoverySelector>();
        for (Class<?> from = suite; from != null; from = from.getSuperclass())
            for (var method : from.getDeclaredMethods())
                if (List.of(cases).contains(method.getName()))
                    methods.add(selectMethod(suite, method));
        return methods;
    }

    private record Listener(Verdict verdict) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var name =
                    test.getSource()
                            .map(source ->
                                    source instanceof MethodSource of ? of.getMethodName() : "")
                            .orElse("");
            var why = result.getThrowable().map(String::valueOf).orElse("");
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) verdict.passed.put(name, why);
                }
                case ABORTED -> verdict.skipped.put(name, why);
                case FAILED -> {
                    verdict.failed.put(name, why);
                    result.getThrowable()
                            .map(thrown -> Arrays.toString(thrown.getSuppressed()))
                            .ifPresent(told -> verdict.suppressed.put(name, told));
                }
            }
        }
    }
}
