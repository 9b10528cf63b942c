package com.example.osgi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts a framework with bundles, of which the last one is the application, and stops it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    Framework framework =
        factory.newFramework(
            Map.of(
                Constants.FRAMEWORK_STORAGE,
                args[1],
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                "data",
                args[2]));
    framework.start();
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      List<Bundle> bundles = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        bundles.add(framework.getBundleContext().installBundle(file.toUri().toString()));
      }
      bundles.add(framework.getBundleContext().installBundle(Path.of(args[3]).toUri().toString()));
      for (Bundle bundle : bundles) {
        bundle.start();
      }
    } finally {
      framework.stop();
      framework.waitForStop(0);
    }
  }
}
