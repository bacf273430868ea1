package dev.skein.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of a length: of a text in code points, of a list, set, array or map in elements; checked,
 * and in the schema.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Length {
    /** The smallest. */
    int min() default 0;

    /** The largest; without it there is none. */
    int max() default Integer.MAX_VALUE;
}
