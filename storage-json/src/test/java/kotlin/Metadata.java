package kotlin;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Has the name of the annotation that Kotlin's compiler puts on each class. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Metadata {}
