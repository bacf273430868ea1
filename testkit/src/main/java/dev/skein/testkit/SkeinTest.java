package dev.skein.testkit;

import dev.skein.policy.Reach;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class, or one test, what programs with agents need: parameters of type
 * {@link TestRuntime}, {@link FakeProvider} and {@link ManualClock}, each made anew for every test.
 * A test that leaves a run that goes on, a thread, a socket, a process or a temporary file of
 * Skein's fails and says which; threads, sockets, processes and files are compared only where tests
 * do not run in parallel.
 *
 * <p>The seed of a test is printed when it fails; {@code -Dskein.seed=…} takes it again.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SkeinExtension.class)
public @interface SkeinTest {
    /** The seed of ids, jitter and answers without a script; empty: another one in each run. */
    String seed() default "";

    /** Which addresses the runtime may ask. Anything but this computer must be said on the test. */
    Reach network() default Reach.LOOPBACK;

    /** After so many seconds of real time the test is interrupted, and fails with all stacks. */
    int hangSeconds() default 60;
}
