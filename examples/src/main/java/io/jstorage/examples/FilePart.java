package io.jstorage.examples;

import io.jstorage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a JSON file storage on the disk. */
final class FilePart {
  private final Report report;
  private final Path file;

  FilePart(Report report, Path directory) {
    this.report = report;
    this.file = directory.resolve(KeyValuePart.KEY + ".storage.json");
  }

  void look(Storage<Object> storage) throws IOException {
    report.step("Look at its file, which any editor and any language can read");
    report.say("the file is " + file);
    report.check("its content", "{\"text\":\"Hello World!\"}", Files.readString(file).strip());
    report.check("size()", 1L, storage.size());
  }

  void lookThatItIsGone(Storage<Object> storage) {
    report.check("exists(" + file.getFileName() + ")", false, Files.exists(file));
    report.check("size()", 0L, storage.size());
  }
}
