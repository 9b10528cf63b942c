package io.jstorage.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The promise that a test of the kit checks. Every failure of the test shows it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Promise {
  /** A sentence. */
  String value();

  /** The methods to look at, if the last calls do not show them. */
  String[] lookAt() default {};
}
