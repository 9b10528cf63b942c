package io.jstorage.jcache.tck;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jsr107.tck.CacheTest;
import org.junit.Test;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs the whole kit in this process, all but its part about annotations, which is for frameworks
 * that interpret them. Prints what failed, and a last line that says how many tests there were.
 */
public final class RunTck {
  private static final int REPEATS = 10;

  /** How many repeats may meet a pause of the machine too. */
  private static final int MAX_PAUSES = 1;

  private RunTck() {}

  public static void main(String[] args) throws Exception {
    JUnitCore core = new JUnitCore();
    List<Description> failed = new ArrayList<>();
    core.addListener(
        new RunListener() {
          @Override
          public void testFailure(Failure failure) {
            failed.add(failure.getDescription());
            System.out.println("failed: " + nameOf(failure.getDescription()));
            System.out.println(failure.getTrace().lines().limit(15).toList());
          }
        });
    Result result = core.run(testClasses().toArray(new Class<?>[0]));
    long failures = failed.stream().filter(RunTck::failsAgain).count();
    System.out.printf(
        "%d tests, %d failures, %d ignored, %d ms%n",
        result.getRunCount(), failures, result.getIgnoreCount(), result.getRunTime());
    System.exit(failures == 0 ? 0 : 1);
  }

  /**
   * Tests of expiry have entries that live for milliseconds, for which a machine may pause: they
   * are run ten times more, of which nine have to succeed. A test of anything else has failed.
   */
  private static boolean failsAgain(Description test) {
    Class<?> tests = test.getTestClass();
    String method = test.getMethodName();
    boolean waits = test.getClassName().startsWith("org.jsr107.tck.expiry.");
    if (!waits || tests == null || method == null) {
      return true;
    }
    int failures = 0;
    for (int i = 0; i < REPEATS; i++) {
      failures += new JUnitCore().run(Request.method(tests, method)).getFailureCount();
    }
    return failures > MAX_PAUSES;
  }

  private static String nameOf(Description test) {
    return "%s#%s".formatted(test.getClassName(), test.getMethodName());
  }

  private static List<Class<?>> testClasses() throws IOException, ClassNotFoundException {
    Path jar =
        Path.of(CacheTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<Class<?>> classes = new ArrayList<>();
    try (JarFile entries = new JarFile(jar.toFile())) {
      for (String name : entries.stream().map(entry -> entry.getName()).sorted().toList()) {
        if (name.endsWith(".class") && !name.contains("/annotation/")) {
          Class<?> c = Class.forName(name.replace('/', '.').substring(0, name.length() - 6));
          if (!Modifier.isAbstract(c.getModifiers()) && hasTests(c)) {
            classes.add(c);
          }
        }
      }
    }
    return classes;
  }

  private static boolean hasTests(Class<?> c) {
    for (Method method : c.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        return true;
      }
    }
    return false;
  }
}
