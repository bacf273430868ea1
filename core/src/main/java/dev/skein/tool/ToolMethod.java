package dev.skein.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a public method a tool of {@link Toolset#methodsOf}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ToolMethod {
    /** What the model reads. */
    String value();

    /** The tool's name; the method's if empty. */
    String name() default "";

    /** May it be repeated, may it destroy? */
    Effect effect() default Effect.WRITE;

    /** What it can reach. */
    String[] labels() default {};
}
