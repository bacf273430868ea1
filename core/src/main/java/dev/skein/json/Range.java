package dev.skein.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a number, both inclusive; checked, and in the schema. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Range {
    /** The smallest; without it there is none. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest; without it there is none. */
    double max() default Double.POSITIVE_INFINITY;
}
