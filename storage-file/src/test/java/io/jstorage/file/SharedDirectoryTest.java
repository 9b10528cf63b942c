package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory such as {@code /tmp}, where another user was first. Needs root, who can be two users;
 * {@code PrivateDirectoryTest} shows what one user can.
 */
@Timeout(300)
class SharedDirectoryTest {
  private static final int NOBODY = 65_534;
  private static final String UID = "unix:uid";

  /** Things that another user may make in place of a directory, of the lock file or of an entry. */
  private static final Map<String, String> PLANTED =
      Map.of(
          "link to a directory", "ln -s '%2$s' '%1$s'",
          "link to a file", "ln -s '%2$s/secret' '%1$s'",
          "dangling link", "ln -s '%2$s/absent' '%1$s'",
          "FIFO", "mkfifo -m 666 '%1$s'",
          "file", "echo planted > '%1$s'; chmod 666 '%1$s'");

  @TempDir Path root;
  private Path shared;

  /** The target of a link; nothing may be read, made or changed there. */
  private Path target;

  @BeforeEach
  void makeTheSharedDirectory() throws Exception {
    assumeTrue(
        root.getFileSystem().supportedFileAttributeViews().contains("posix")
            && Files.getAttribute(Files.createFile(root.resolve("probe")), UID).equals(0),
        "only root can be two users");
    assumeTrue(isRun(as(NOBODY, "true")), "there is no setpriv, or it may not change the user");
    open(root, "rwxr-xr-x");
    assumeTrue(isRun(as(NOBODY, "cd '%s'".formatted(root))), "the tests' files are for root only");
    shared = open(Files.createDirectory(root.resolve("shared")), "rwxrwxrwx");
    // The bit that keeps everybody from renaming what others have, as in /tmp.
    Files.setAttribute(shared, "unix:mode", 01777);
    target = open(Files.createDirectory(root.resolve("target")), "rwxrwxrwx");
    Files.writeString(target.resolve("secret"), "secret");
    open(target.resolve("secret"), "rw-rw-rw-");
  }

  private static Path open(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static List<String> as(int uid, String script) {
    List<String> command = asUser(uid);
    command.addAll(List.of("sh", "-c", script));
    return command;
  }

  private static List<String> asUser(int uid) {
    return new ArrayList<>(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
  }

  private static boolean isRun(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void plant(int uid, String kind, Path path) throws Exception {
    String script = Objects.requireNonNull(PLANTED.get(kind)).formatted(path, target);
    assertThat(isRun(as(uid, script))).as(kind).isTrue();
    assertThat(Files.getAttribute(path, UID, LinkOption.NOFOLLOW_LINKS)).isEqualTo(uid);
  }

  private void assertTargetIsUnharmed(String what) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).as(what).containsExactly(target.resolve("secret"));
    }
    assertThat(target.resolve("secret")).as(what).hasContent("secret");
  }

  /** By name and with no path, as users open it. */
  private static Storage<String> openDefault() {
    return StorageProvider.load()
        .create("storage.serialized", String.class, StorageOptions.of("codec", "text"));
  }

  private static Storage<String> openLru(Path directory) {
    return DiskLruStore.at(directory).storage(Codecs.text());
  }

  /** A user who is told what to open, and answers how it went. */
  static final class Stranger {
    public static void main(String[] args) throws IOException {
      System.setProperty("java.io.tmpdir", args[0]);
      try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          System.out.println(obey(line.split(" ", -1)).replace('\n', ' '));
        }
      }
    }

    private static String obey(String[] words) {
      try (Storage<String> storage =
          switch (words[0]) {
            case "default" -> openDefault();
            case "lru" -> openLru(Path.of(words[1]));
            default -> FileStore.at(Path.of(words[1])).storage(Codecs.text());
          }) {
        storage.put("mine", "v");
        storage.put("K".repeat(300), "v");
        if (words.length > 2) {
          return use(storage, words[2], words[3]);
        }
        return "opened " + storage.get("mine").orElse("-");
      } catch (StorageException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
      }
    }

    private static String use(Storage<String> storage, String what, String key) {
      if (what.equals("get")) {
        return "read " + storage.get(key).orElse("-");
      }
      storage.put(key, "by nobody");
      return "written";
    }
  }

  /** Another user's process, whose files are for everybody unless it says otherwise itself. */
  private ChildJvm startStranger() throws Exception {
    Path classes = Files.createDirectory(root.resolve("classes"));
    for (Class<?> part : new Class<?>[] {Storage.class, FileStore.class, Stranger.class}) {
      copyForAll(part, classes);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assumeTrue(isRun(as(NOBODY, "test -x '%s'".formatted(java))), "this JVM is for root only");
    List<String> through = asUser(NOBODY);
    through.addAll(List.of("sh", "-c", "umask 0; cd /; exec \"$@\"", "sh"));
    ChildJvm child = ChildJvm.start(through, classPath(classes), Stranger.class, shared, Map.of());
    assertThat(child.hear()).isEqualTo("ready");
    return child;
  }

  /** The class path of the tests may be where only this user may read. */
  private static void copyForAll(Class<?> part, Path to) throws Exception {
    Path from = codeOf(part);
    Path copy = to.resolve(part.getSimpleName() + (Files.isDirectory(from) ? "" : ".jar"));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path made = file.equals(from) ? copy : copy.resolve(from.relativize(file));
        open(Files.copy(file, made), "rwxr-xr-x");
      }
    }
    open(to, "rwxr-xr-x");
  }

  private static Path codeOf(Class<?> part) throws URISyntaxException {
    return Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String classPath(Path classes) throws IOException {
    try (Stream<Path> parts = Files.list(classes)) {
      return parts.map(String::valueOf).collect(Collectors.joining(":"));
    }
  }

  @Test
  void aDefaultDirectoryThatAnotherUserMadeFirstIsRefused() throws Exception {
    Path place = shared.resolve("jstorage-" + System.getProperty("user.name"));
    Map<String, String> planted = new LinkedHashMap<>(PLANTED);
    planted.put("private directory", "mkdir -m 700 '%1$s'");
    planted.put("open directory", "mkdir -m 777 '%1$s'");
    String temporary = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", shared.toString());
    try {
      for (Map.Entry<String, String> each : planted.entrySet()) {
        String script = each.getValue().formatted(place, target);
        assertThat(isRun(as(NOBODY, script))).as(each.getKey()).isTrue();
        assertThatThrownBy(SharedDirectoryTest::openDefault)
            .as(each.getKey())
            .isInstanceOf(StorageException.class)
            .hasMessageContainingAll(place.toString(), "'path'");
        assertTargetIsUnharmed(each.getKey());
        assertThat(isRun(as(NOBODY, "rm -rf '%s'".formatted(place)))).isTrue();
      }
      openDefault().close();
      assertThat(modeOf(place)).isEqualTo("rwx------");
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  @Test
  void aDefaultDirectoryThatRootMadeFirstIsRefusedAndOnesOwnIsForItsOwnerOnly() throws Exception {
    try (ChildJvm stranger = startStranger()) {
      String first = stranger.ask("default");
      assertThat(first).isEqualTo("opened v");
      Path made;
      try (Stream<Path> files = Files.list(shared)) {
        made = files.findFirst().orElseThrow();
      }
      assertThat(stranger.ask("lru " + made)).isEqualTo("opened v");
      assertThat(modeOf(made)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(made)) {
        List<Path> all = files.toList();
        // Entries of both, with their keys, the lock and the journal.
        assertThat(all).hasSizeGreaterThanOrEqualTo(8);
        for (Path file : all) {
          assertThat(modeOf(file)).as(file.toString()).isEqualTo("rw-------");
          assertThat(Files.getAttribute(file, UID)).isEqualTo(NOBODY);
          assertThat(isRun(as(NOBODY - 1, "! cat '%s' 2>/dev/null".formatted(file)))).isTrue();
        }
      }
      assertThat(isRun(as(NOBODY, "rm -r '%s'".formatted(made)))).isTrue();
      for (String kind : PLANTED.keySet()) {
        plant(0, kind, made);
        assertThat(stranger.ask("default")).as(kind).startsWith("StorageException cannot make");
        assertTargetIsUnharmed(kind);
        Files.delete(made);
      }
      Files.createDirectory(made);
      for (String permissions : List.of("rwx------", "rwxrwxrwx")) {
        open(made, permissions);
        assertThat(stranger.ask("default")).startsWith("StorageException cannot make");
        assertThat(made).isEmptyDirectory();
      }
    }
  }

  @Test
  void anothersDirectoryIsDeniedToAStranger() throws Exception {
    Path directory = shared.resolve("roots");
    try (Storage<String> storage = openLru(directory);
        ChildJvm stranger = startStranger()) {
      storage.put("k", "secret");
      for (String how : List.of("file", "lru")) {
        assertThat(stranger.ask(how + " " + directory))
            .startsWith("StorageAccessDeniedException")
            .contains(directory.toString())
            .doesNotContain("secret");
      }
      assertThat(storage.get("k")).hasValue("secret");
      // Though all may enter, the files are for their owner only.
      open(directory, "rwxrwxrwx");
      for (String how : List.of("file", "lru")) {
        assertThat(stranger.ask(how + " " + directory)).startsWith("StorageAccessDeniedException");
      }
      assertThat(storage.get("k")).hasValue("secret");
    }
  }

  @Test
  void linksAndFifosInPlaceOfTheStoresFilesAreNeitherFollowedNorOpened() throws Exception {
    for (String name : List.of(DirectoryLock.NAME, ".jstorage-order.storage.lru")) {
      for (String kind : PLANTED.keySet()) {
        Path directory = open(Files.createTempDirectory(shared, "d"), "rwxrwxrwx");
        plant(NOBODY, kind, directory.resolve(name));
        String what = name + ": " + kind;
        if (kind.equals("file")) {
          try (Storage<String> storage = openLru(directory)) {
            storage.put("k", "v");
            assertThat(storage.get("k")).as(what).hasValue("v");
          }
          assertThat(modeOf(directory.resolve("k.storage.lru"))).isEqualTo("rw-------");
        } else {
          assertThatThrownBy(() -> openLru(directory))
              .as(what)
              .isInstanceOf(StorageException.class)
              .hasMessageContainingAll(name, "regular file");
        }
        assertTargetIsUnharmed(what);
      }
    }
  }

  @Test
  void linksAndFifosOfRootAreNeitherFollowedNorOpenedByAStranger() throws Exception {
    try (ChildJvm stranger = startStranger()) {
      for (String kind : PLANTED.keySet()) {
        Path directory = shared.resolve("d" + kind.replace(' ', '-'));
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:mode", 01777);
        plant(0, kind, directory.resolve("k.storage.json"));
        String read = stranger.ask("file " + directory + " get k");
        if (kind.equals("file")) {
          assertThat(read).isEqualTo("read planted ");
        } else {
          assertThat(read).as(kind).startsWith("StorageException").contains("in place of an entry");
        }
        // Nobody takes the name of what another user has in such a directory.
        assertThat(stranger.ask("file " + directory + " put k"))
            .as(kind)
            .contains("Operation not permitted", "'k'");
        assertTargetIsUnharmed(kind);
        try (Stream<Path> files = Files.list(directory)) {
          assertThat(files.map(String::valueOf)).as(kind).noneMatch(name -> name.endsWith(".tmp"));
        }
        // Root does, and what the link led to stays as it is.
        try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
          storage.put("k", "by root");
          assertThat(storage.get("k")).hasValue("by root");
        }
        assertTargetIsUnharmed(kind);
      }
    }
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
