package io.jstorage.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The promise that a test of the kit is about. Every failure of the test says it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Promise {
  /** A sentence. */
  String value();

  /** The methods to look at, where the last calls do not tell. */
  String[] lookAt() default {};
}
