package io.jstorage.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program without a command. */
@Command(
    name = "jstorage",
    mixinStandardHelpOptions = true,
    versionProvider = Root.Version.class,
    description = "Looks into storages, copies, checks and measures them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A storage is named by a URL such as json:/var/cache/app, redis://localhost:6379",
      "or s3://bucket/folder; 'jstorage names' lists what there is. A URL that holds a",
      "password is put into an environment variable and named env:VARIABLE; other",
      "passwords are in JSTORAGE_PASSWORD, or asked for by --ask-password."
    })
final class Root {
  /** Takes the version from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Root.class.getPackage().getImplementationVersion();
      return new String[] {"jstorage " + (version == null ? "(not packaged)" : version)};
    }
  }
}
