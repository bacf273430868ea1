package dev.skein.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a suite inside a test, to see what it says of an implementation. */
final class Suites {
    private Suites() {}

    /**
     * What became of the cases, by the names of their methods; a case with several invocations has
     * failed if one of them has.
     */
    record Verdict(
            Map<String, String> failed, Map<String, String> skipped, Map<String, String> passed) {}

    static Verdict run(Class<?> suite, Path reports) {
        var verdict = new Verdict(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(suite))
                        .configurationParameter("skein.contracts", reports.toString())
                        .build();
        LauncherFactory.create().execute(request, new Listener(verdict));
        verdict.passed.keySet().removeAll(verdict.failed.keySet());
        return verdict;
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
                case FAILED -> verdict.failed.put(name, why);
            }
        }
    }
}
