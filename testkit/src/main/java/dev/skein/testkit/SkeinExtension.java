package dev.skein.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link SkeinTest} does. */
public final class SkeinExtension
        implements BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                InvocationInterceptor,
                TestExecutionExceptionHandler {
    private static final Namespace OURS = Namespace.create(SkeinExtension.class);

    /** For JUnit. */
    public SkeinExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        stage(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        stage(context).end();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == TestRuntime.class
                        || type == FakeProvider.class
                        || type == ManualClock.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type == FakeProvider.class) return stage(context).provider();
        var runtime = stage(context).runtime();
        return type == ManualClock.class ? runtime.clock() : runtime;
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        stage(context).perform(invocation::proceed);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        stage(context).perform(invocation::proceed);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
            throws Throwable {
        thrown.addSuppressed(new AssertionError(stage(context).tale()));
        throw thrown;
    }

    private static Stage stage(ExtensionContext context) {
        return context.getStore(OURS)
                .computeIfAbsent(Stage.class, _ -> Stage.of(context, asked(context)), Stage.class);
    }

    private static SkeinTest asked(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), SkeinTest.class)
                .or(() ->
                        AnnotationSupport.findAnnotation(
                                context.getRequiredTestClass(),
                                SkeinTest.class,
                                context.getEnclosingTestClasses()))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "Annotate the class or the test with @SkeinTest."));
    }
}
