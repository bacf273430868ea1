package dev.skein.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * An extension of JUnit for contract suites, abstract classes called {@code <Spi>Contract}. Writes
 * down which cases of a contract an implementation passed, and which were skipped and why: {@code
 * target/contracts/<spi>-<implementation>.txt}, or in the folder that the configuration parameter
 * {@code skein.contracts} of JUnit names.
 */
public final class ContractReport implements TestWatcher, AfterAllCallback {
    private static final String FOLDER = "skein.contracts";
    private static final String SUFFIX = "Contract";

    private final Queue<Case> cases = new ConcurrentLinkedQueue<>();

    /** For JUnit. */
    public ContractReport() {}

    private enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    private record Case(Outcome outcome, String name, String reason) {
        String line() {
            var word = outcome.name().toLowerCase(Locale.ROOT);
            return word + " " + name + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(Outcome.PASSED, context, "");
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        add(Outcome.SKIPPED, context, said(cause));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(Outcome.SKIPPED, context, reason.orElse("disabled"));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(Outcome.FAILED, context, said(cause).lines().findFirst().orElse(""));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var name = name(context.getRequiredTestClass());
        var folder = Path.of(context.getConfigurationParameter(FOLDER).orElse("target/contracts"));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".txt"), text(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The report of " + name + " cannot be written", e);
        }
    }

    /** Such as {@code chat-model-OpenAi} of a class OpenAiTest that extends ChatModelContract. */
    static String name(Class<?> test) {
        Class<?> suite = test;
        while (!Modifier.isAbstract(suite.getModifiers())) suite = suite.getSuperclass();
        var spi = suite.getSimpleName().replaceFirst(SUFFIX + "$", "");
        var dashed = spi.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return dashed + "-" + test.getSimpleName().replaceFirst("(Contract)?(Test)?$", "");
    }

    private void add(Outcome outcome, ExtensionContext context, String reason) {
        var method = context.getRequiredTestMethod().getName();
        var shown = context.getDisplayName();
        var name = shown.startsWith(method) ? method : method + " " + shown;
        cases.add(new Case(outcome, name, reason));
    }

    private static String said(@Nullable Throwable cause) {
        if (cause == null) return "";
        var message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().replaceFirst("^Assumption failed: ", "");
    }

    private String text(String name) {
        var text = new StringBuilder(name).append('\n');
        for (var outcome : Outcome.values())
            text.append(
                    "%s %d\n"
                            .formatted(
                                    outcome.name().toLowerCase(Locale.ROOT),
                                    cases.stream().filter(one -> one.outcome == outcome).count()));
        text.append('\n');
        cases.stream().map(Case::line).sorted().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
