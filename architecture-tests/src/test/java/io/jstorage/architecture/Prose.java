package io.jstorage.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prose of a page, of a POM, or of the comments, descriptions and method names of a source
 * file, and its faults.
 */
final class Prose {
  /** The most columns of a line, outside code and tables. */
  static final int COLUMNS = 100;

  /** Strings and comments; everything between them is code. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)\"\"\".*?\"\"\"|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"|'(?:\\\\.|[^'\\\\\n])++'"
              + "|/\\*.*?\\*/|//[^\n]*");

  private static final String OPENINGS =
      "(?:What|Whatever|Who|Whoever|Whom|Whose|Where|Wherever|Whichever)";

  private static final Pattern HEADLESS =
      Pattern.compile("(?:^|(?<=[.!?:;][\"')*]{0,2}\\s))[*_`\"(]*" + OPENINGS + "\\b");

  /** A method that returns nothing, as tests do: its name is a sentence. */
  private static final Pattern HEADLESS_NAME =
      Pattern.compile("\\bvoid\\s+((?i:" + OPENINGS + ")[A-Z]\\w*)");

  private static final Pattern IN_POM =
      Pattern.compile("(?s)<!--(.*?)-->|<description>(.*?)</description>");

  private static final Pattern END = Pattern.compile("[.!?](?=[\"')*\\]]*(?:\\s|$))");

  private static final Pattern BLOCK =
      Pattern.compile("(?:</?\\w+>)+\\s*|@(?:param|throws)\\s+\\S+\\s+|@\\w+\\s+");

  private static final Pattern ITEM = Pattern.compile("(?:[-*+]|\\d+\\.|#+|>)\\s+");

  private final String name;
  private final List<String> headless = new ArrayList<>();
  private final List<String> tooLong = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private int line;
  private int begun;

  private Prose(String name) {
    this.name = name;
  }

  /** Reads a page of Markdown. */
  static Prose ofPage(String name, String text) {
    Prose prose = new Prose(name);
    boolean code = false;
    for (String each : text.split("\n", -1)) {
      prose.line++;
      String content = each.strip();
      if (content.startsWith("```")) {
        prose.end();
        code = !code;
      } else if (!code && content.startsWith("|")) {
        prose.end();
        for (String cell : content.split("\\|", -1)) {
          prose.add(cell.strip());
          prose.end();
        }
      } else if (!code) {
        prose.measure(each);
        prose.add(content, ITEM);
      }
    }
    prose.end();
    return prose;
  }

  /** Reads the comments of a POM, and its description, which may be a line of any length. */
  static Prose ofPom(String name, String text) {
    Prose prose = new Prose(name);
    String[] lines = text.split("\n", -1);
    for (Matcher found = IN_POM.matcher(text); found.find(); ) {
      prose.line = 1 + count(text.substring(0, found.start()));
      if (found.group(1) != null) {
        prose.comment(lines, found.group(1));
      } else {
        prose.add(found.group(2).replaceAll("\\s+", " "));
      }
      prose.end();
    }
    return prose;
  }

  /**
   * Reads the comments and the names of methods of a source file, and its strings if these may
   * describe options and promises to users.
   */
  static Prose ofSource(String name, String text, boolean strings) {
    Prose prose = new Prose(name);
    String[] lines = text.split("\n", -1);
    int position = 0;
    int commented = -1;
    prose.line = 1;
    for (Matcher token = TOKEN.matcher(text); token.find(); ) {
      String found = token.group();
      String code = text.substring(position, token.start());
      prose.names(code);
      int start = prose.line + count(code);
      prose.line = start;
      if (commented != start - 1 || !lines[start - 1].strip().equals(found)) {
        prose.end();
      }
      if (found.startsWith("//")) {
        prose.comment(lines, found.substring(2));
        commented = start;
      } else if (found.startsWith("/*")) {
        prose.comment(lines, found.substring(2, found.length() - 2));
        prose.end();
      } else if (strings) {
        prose.add(found.substring(1, found.length() - 1));
        prose.end();
      }
      prose.line = start + count(found);
      position = token.end();
    }
    prose.end();
    prose.names(text.substring(position));
    return prose;
  }

  private void names(String code) {
    for (Matcher found = HEADLESS_NAME.matcher(code); found.find(); ) {
      end();
      int declared = line + count(code.substring(0, found.start(1)));
      headless.add("%s:%d: %s".formatted(name, declared, found.group(1)));
    }
  }

  private static int count(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private void comment(String[] lines, String text) {
    String[] parts = text.split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      measure(lines[line - 1]);
      add(parts[i].strip().replaceFirst("^[*/]+", "").strip(), BLOCK);
      if (i < parts.length - 1) {
        line++;
      }
    }
  }

  private void measure(String whole) {
    if (whole.codePointCount(0, whole.length()) > COLUMNS) {
      tooLong.add("%s:%d".formatted(name, line));
    }
  }

  /** Adds a line, which begins a paragraph if it begins with a match. */
  private void add(String content, Pattern beginning) {
    Matcher matcher = beginning.matcher(content);
    if (content.isEmpty() || matcher.lookingAt()) {
      end();
    }
    add(content.isEmpty() || !matcher.lookingAt() ? content : content.substring(matcher.end()));
  }

  private void add(String content) {
    if (paragraph.toString().isBlank()) {
      begun = line;
    }
    paragraph.append(content).append(' ');
  }

  private void end() {
    String text = paragraph.toString().strip();
    paragraph.setLength(0);
    for (Matcher opening = HEADLESS.matcher(text); opening.find(); ) {
      Matcher end = END.matcher(text);
      String sentence =
          text.substring(opening.start(), end.find(opening.end()) ? end.end() : text.length());
      if (!sentence.endsWith("?")) {
        headless.add("%s:%d: %s".formatted(name, begun, sentence));
      }
    }
  }

  /**
   * Returns the sentences and names that open with a clause in place of their subject, each with
   * the file and the first line of its paragraph. Questions are not among them.
   */
  List<String> headless() {
    return headless;
  }

  /** Returns the lines of more than {@link #COLUMNS} columns, as file and line. */
  List<String> tooLong() {
    return tooLong;
  }
}
