package io.prelim.testkit.badinput;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The bad input that a test stands for, and the answer it asserts. On a test method, once for each row of the matrix that the
 * method covers.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(BadInput.Rows.class)
public @interface BadInput {
    /** The row: {@code M01} to {@code M28}. */
    String id();

    /** The column. */
    Entrance entrance();

    /** The exact answer, such as {@code AB(2,6)}, {@code RJ(1,1,7)}, {@code C-STORE C001}, {@code 413}, {@code closed}. */
    String answer();

    /** Several rows of one method. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Rows {
        BadInput[] value();
    }
}
