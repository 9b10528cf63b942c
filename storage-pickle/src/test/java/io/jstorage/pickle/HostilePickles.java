package io.jstorage.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Pickles that no honest program writes, by what they try. All are refused; none has anything in it
 * that another reader would carry out: the names in them are called with nothing.
 */
final class HostilePickles {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private HostilePickles() {}

  /** Begins a pickle, of which each character is a byte. */
  static HostilePickles of(String start) {
    return new HostilePickles().then(start);
  }

  HostilePickles then(String latin1) {
    bytes.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  HostilePickles times(int times, IntConsumer step) {
    IntStream.range(0, times).forEach(step);
    return this;
  }

  HostilePickles times(int times, String latin1) {
    return then(latin1.repeat(times));
  }

  /** Adds a number of four bytes, the lowest first. */
  HostilePickles u4(long number) {
    for (int i = 0; i < 4; i++) {
      bytes.write((int) (number >> (8 * i)));
    }
    return this;
  }

  HostilePickles u8(long number) {
    return u4(number).u4(number >> 32);
  }

  HostilePickles text(String text) {
    return then("X").u4(text.length()).then(text);
  }

  byte[] end() {
    bytes.write('.');
    return bytes.toByteArray();
  }

  private static final String BYTEARRAY = "c__builtin__\nbytearray\n";
  private static final String UUID = "cuuid\nUUID\n";
  private static final String DECIMAL = "cdecimal\nDecimal\n";

  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    names(all);
    claims(all);
    broken(all);
    deep(all);
    shared(all);
    arguments(all);
    keys(all);
    return all;
  }

  private static void names(Map<String, byte[]> all) {
    for (String name :
        new String[] {
          "os\nsystem",
          "posix\nsystem",
          "nt\nsystem",
          "subprocess\nPopen",
          "builtins\neval",
          "builtins\nexec",
          "builtins\ngetattr",
          "__builtin__\napply",
          "builtins\n__import__",
          "operator\nattrgetter",
          "functools\npartial",
          "runpy\n_run_code",
          "importlib\nimport_module",
          "shutil\nrmtree",
          "socket\nsocket",
          "pickle\nloads",
          "types\nFunctionType",
          "copyreg\nadd_extension",
          "copyreg\n__newobj__",
          "datetime\n",
          "\ndate",
          "datetime.date\n__class__",
          "datetime\ndate.today",
          "builtins\nset.__init__",
          "collections\nOrderedDict.__init__",
          "io.jstorage.pickle.PickleCodec\nuntyped",
          "java.lang.Runtime\ngetRuntime"
        }) {
      String[] parts = name.split("\n", -1);
      all.put("calls " + name, of("c" + name + "\n)R").end());
      all.put("makes " + name, of("(i" + name + "\n").end());
      all.put(
          "calls by protocol 4 " + name,
          of("\u0080\u0004").text(parts[0]).text(parts[1]).then("\u0093)R").end());
    }
    all.put("is a function", of("c_codecs\nencode\n").end());
    all.put("is a type", of("cbuiltins\nint\n").end());
    all.put("calls a type", of("cbuiltins\nlist\n)R").end());
    all.put("calls no function", of("K\u0001)R").end());
    all.put("calls with no tuple", of("cdatetime\ndate\n]R").end());
    all.put(
        "reconstructs another class",
        of("ccopyreg\n_reconstructor\n(cbuiltins\nint\ncbuiltins\nint\nNtR").end());
    all.put("makes an object of no class", of(")))\u0081").end());
    all.put("makes an object by keywords", of(UUID + ")}\u0092").end());
    all.put("makes an old object", of("(" + UUID + "o").end());
    all.put("refers by a number of copyreg", of("\u0082\u0001").end());
    all.put("refers by a large number of copyreg", of("\u0084").u4(1).end());
    all.put("refers to something persistent", of("Pname\n").end());
    all.put("refers to something persistent by an object", of("NQ").end());
    all.put("refers to a buffer", of("\u0097").end());
    all.put("makes a buffer read-only", of("N\u0098").end());
    all.put("gives a dict attributes", of("}}b").end());
    all.put(
        "gives a date attributes",
        of("cdatetime\ndate\nC\u0004\u0007\u00e8\u0001\u0001\u0085R}b").end());
    all.put("gives attributes twice", of(UUID + ")\u0081}X").u4(3).then("intK\u0001s}b}b").end());
  }

  private static void claims(Map<String, byte[]> all) {
    long large = Integer.MAX_VALUE - 8;
    for (String opcode : new String[] {"X", "B", "T", "\u008b"}) {
      all.put("claims 2 GB by " + (int) opcode.charAt(0), of(opcode).u4(large).end());
      all.put("claims 4 GB by " + (int) opcode.charAt(0), of(opcode).u4(0xffffffffL).end());
    }
    for (String opcode : new String[] {"\u008d", "\u008e", "\u0095", "\u0096"}) {
      all.put("claims 2 GB by " + (int) opcode.charAt(0), of(opcode).u8(large).end());
      all.put("claims 2^62 by " + (int) opcode.charAt(0), of(opcode).u8(1L << 62).end());
      all.put("claims -1 by " + (int) opcode.charAt(0), of(opcode).u8(-1).end());
    }
    all.put("numbers an object 2^31", of("Nr").u4(1L << 31).end());
    all.put("numbers an object 2^31 - 1", of("Nr").u4(Integer.MAX_VALUE).end());
    all.put("numbers an object beyond its length", of("Nr").u4(100).end());
    all.put("numbers an object with many digits", of("Np" + "9".repeat(100_000) + "\n").end());
    all.put("numbers an object -1", of("Np-1\n").end());
    all.put("refers to what it has not made", of("h\u0000").end());
    all.put("refers to a large number", of("j").u4(0xffffffffL).end());
    all.put("refers to -1", of("g-1\n").end());
    all.put("protocol 6", of("\u0080\u0006N").end());
    all.put("protocol 255", of("\u0080\u00ffN").end());
  }

  private static void broken(Map<String, byte[]> all) {
    for (int opcode = 0; opcode < 256; opcode++) {
      if ("(.02FILNPRSVabcdgilpst1GJKQMTUX]ehjoqr)u}BC".indexOf(opcode) < 0
          && (opcode < 0x80 || opcode > 0x98)) {
        all.put("opcode %02x".formatted(opcode), of("" + (char) opcode).end());
      }
    }
    all.put("nothing", new byte[0]);
    all.put("only an end", of("").end());
    all.put("no end", new byte[] {'N'});
    all.put("an end too early", of("]").then(".").end());
    all.put("two values", of("]]").end());
    all.put("a mark that is left", of("(]").end());
    all.put("pops nothing", of("0").end());
    all.put("pops to no mark", of("1").end());
    all.put("pops below a mark", of("K\u0001(\u0085").end());
    all.put("appends to no list", of("K\u0001K\u0002a").end());
    all.put("appends to a tuple", of(")K\u0002a").end());
    all.put("appends to nothing", of("K\u0002a").end());
    all.put("appends below a mark", of("](K\u0001a").end());
    all.put("sets an item of a list", of("]K\u0001K\u0002s").end());
    all.put("adds to a frozenset", of("(\u0091(K\u0001\u0090").end());
    all.put("adds to a list", of("](K\u0001\u0090").end());
    all.put("a key without a value", of("}(K\u0001u").end());
    all.put("a dict of an odd number", of("(K\u0001d").end());
    all.put("no int", of("Iabc\n").end());
    all.put("no long", of("L1x\n").end());
    all.put("hexadecimal", of("I0x10\n").end());
    all.put("an empty int", of("I\n").end());
    all.put("a million digits", of("L" + "9".repeat(1_000_000) + "L\n").end());
    all.put("no float", of("F1.5d\n").end());
    all.put("a float of hexadecimal", of("F0x1p3\n").end());
    all.put("a long float", of("F" + "1".repeat(1_000_000) + "\n").end());
    all.put("an escape that ends", of("V\\u00\n").end());
    all.put("an escape beyond Unicode", of("V\\U00110000\n").end());
    all.put("an escape of no digits", of("V\\u00zz\n").end());
    all.put("a high and a low surrogate in a row by escapes", of("V\\ud83d\\ude00\n").end());
    all.put("a line that does not end", of("Vabc").end());
    all.put("no quotes", of("Sabc\n").end());
    all.put("one quote", of("S'\n").end());
    all.put("two kinds of quotes", of("S'a\"\n").end());
    all.put("a wrong escape in quotes", of("S'\\q'\n").end());
    all.put("an escape that ends in quotes", of("S'\\x1'\n").end());
    all.put("no UTF-8", of("X").u4(1).then("\u00ff").end());
    all.put("UTF-8 that ends", of("X").u4(1).then("\u00c3").end());
    all.put("UTF-8 that is longer than need be", of("X").u4(2).then("\u00c1\u0081").end());
    all.put("UTF-8 beyond Unicode", of("X").u4(4).then("\u00f4\u0090\u0080\u0080").end());
    all.put(
        "a high and a low surrogate in a row",
        of("X").u4(6).then("\u00ed\u00a0\u00bd\u00ed\u00b8\u0080").end());
  }

  private static void deep(Map<String, byte[]> all) {
    int levels = 100_000;
    all.put("deep lists", of("").times(levels, "]").times(levels - 1, "a").end());
    all.put("deep lists that do not end", of("").times(levels, "]").end());
    all.put("deep tuples", of(")").times(levels, "\u0085").end());
    all.put("deep tuples as a key", of("})").times(levels, "\u0085").then("Ns").end());
    all.put("deep frozensets", of("(\u0091").times(levels, "(\u00850\u0091").end());
    all.put("deeper frozensets", of("").times(levels, "(").times(levels, "\u0091").end());
    all.put("deep dicts", of("").times(levels, "}N").then("N").times(levels, "s").end());
    all.put(
        "deep calls",
        of("").times(levels, "ccollections\nOrderedDict\n)RN").then("N").times(levels, "s").end());
    all.put(
        "deep arguments",
        of(")")
            .times(1_000, "\u0085")
            .then("0cdatetime\ntimezone\n")
            .times(1_000, "cdatetime\ntimezone\n")
            .then(")")
            .times(1_000, "R\u0085")
            .then("R")
            .end());
    all.put("marks", of("").times(levels, "(").end());
    all.put("contains itself", of("]q\u0000h\u0000a").end());
    all.put("a dict that contains itself", of("}q\u0000Nh\u0000s").end());
    all.put("a dict that is its own key", of("}q\u0000h\u0000Ns").end());
    all.put("a tuple in itself", of("]q\u0000h\u0000\u0085q\u00010h\u0000h\u0001a").end());
    all.put("an OrderedDict in itself", of("ccollections\nOrderedDict\n)Rq\u0000Nh\u0000s").end());
    all.put("a set of itself", of("cbuiltins\nset\n(]q\u0000tRq\u0001h\u0000h\u0001a0").end());
    all.put("a date of itself", of("cdatetime\ntimezone\n]q\u0000\u0085R").end());
  }

  private static void shared(Map<String, byte[]> all) {
    all.put("lists of lists, each twice", of("]").times(100, "2\u0086").end());
    all.put("lists of lists, each three times", of("]").times(100, "22\u0087").end());
    all.put("tuples as keys, each twice", of("})").times(100, "2\u0086").then("Ns").end());
    all.put(
        "frozensets of tuples, each twice",
        of(")").times(100, "2\u0086").then("(0\u0085\u0091").end());
    all.put(
        "a long list many times",
        of("](").times(10_000, "N").then("e(").times(10_000, "2").then("l").end());
    String long1 = "x".repeat(100_000);
    all.put(
        "a long text as a key of many dicts",
        of("]").text(long1).then("q\u0000").then("0(").times(10_000, "}h\u0000Ns").then("e").end());
    all.put(
        "long bytes as a key of many dicts",
        of("]B")
            .u4(100_000)
            .then(long1)
            .then("q\u0000")
            .then("0(")
            .times(10_000, "}h\u0000Ns")
            .then("e")
            .end());
    all.put(
        "a long int as a key of many dicts",
        of("]\u008b")
            .u4(100_000)
            .then(long1)
            .then("q\u0000")
            .then("0(")
            .times(10_000, "}h\u0000Ns")
            .then("e")
            .end());
    all.put(
        "long bytes in a tuple as a key of many dicts",
        of("]B")
            .u4(100_000)
            .then(long1)
            .then("\u0085q\u0000")
            .then("0(")
            .times(10_000, "}h\u0000Ns")
            .then("e")
            .end());
    all.put(
        "a long tuple as a key of many dicts",
        of("](")
            .times(5_000, "N")
            .then("tq\u0000")
            .then("0(")
            .times(10_000, "}h\u0000Ns")
            .then("e")
            .end());
    all.put(
        "a long text of many bytearrays",
        of(BYTEARRAY + "q\u00010]")
            .text(long1)
            .text("latin-1")
            .then("\u0086q\u0000")
            .then("0(")
            .times(10_000, "h\u0001h\u0000R")
            .then("e")
            .end());
    all.put(
        "a long text of many bytes",
        of("c_codecs\nencode\nq\u00010]")
            .text(long1)
            .text("latin1")
            .then("\u0086q\u0000")
            .then("0(")
            .times(10_000, "h\u0001h\u0000R")
            .then("e")
            .end());
    all.put(
        "a long text of many decimals",
        of(DECIMAL + "q\u00010]")
            .text("1".repeat(4_000))
            .then("\u0085q\u0000")
            .then("0(")
            .times(50_000, "h\u0001h\u0000R")
            .then("e")
            .end());
    all.put(
        "long ints of many fractions",
        of("cfractions\nFraction\nq\u00010]")
            .then("L" + "7".repeat(4_000) + "L\n")
            .then("L" + "3".repeat(4_000) + "L\n")
            .then("\u0086q\u0000")
            .then("0(")
            .times(50_000, "h\u0001h\u0000R")
            .then("e")
            .end());
    for (String call :
        new String[] {"builtins\nset", "collections\ndeque", "builtins\nfrozenset"}) {
      all.put(
          "a long list of many calls of " + call,
          of("c" + call + "\nq\u00010](")
              .then(manyInts(5_000))
              .then("e\u0085q\u0000")
              .then("0](")
              .times(5_000, "h\u0001h\u0000R")
              .then("e")
              .end());
    }
    all.put(
        "many pairs of many OrderedDicts",
        of("ccollections\nOrderedDict\nq\u00010](")
            .then(manyPairs(5_000))
            .then("e\u0085q\u0000")
            .then("0](")
            .times(5_000, "h\u0001h\u0000R")
            .then("e")
            .end());
    all.put(
        "a long state of many UUIDs",
        of(UUID + "q\u00010}(")
            .times(10_000, "X\u0003\u0000\u0000\u0000intK\u0001")
            .then("uq\u00000](")
            .times(10_000, "h\u0001)\u0081h\u0000b")
            .then("e")
            .end());
  }

  private static String manyInts(int count) {
    StringBuilder ints = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ints.append('M').append((char) (i & 0xff)).append((char) (i >> 8));
    }
    return ints.toString();
  }

  private static String manyPairs(int count) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      pairs.append('M').append((char) (i & 0xff)).append((char) (i >> 8)).append("N\u0086");
    }
    return pairs.toString();
  }

  private static void arguments(Map<String, byte[]> all) {
    all.put("a date without arguments", of("cdatetime\ndate\n)R").end());
    all.put("a date of ints", of("cdatetime\ndate\nM\u00e8\u0007K\u0001K\u0001\u0087R").end());
    all.put("a date of no month", of("cdatetime\ndate\nC\u0004\u0007\u00e8\r\u0001\u0085R").end());
    all.put(
        "a date of year 0", of("cdatetime\ndate\nC\u0004\u0000\u0000\u0001\u0001\u0085R").end());
    all.put(
        "a 30th of February", of("cdatetime\ndate\nC\u0004\u0007\u00e8\u0002\u001e\u0085R").end());
    all.put(
        "a date with a fold", of("cdatetime\ndate\nC\u0004\u0007\u00e8\u0081\u0001\u0085R").end());
    all.put("a date that is short", of("cdatetime\ndate\nC\u0003\u0007\u00e8\u0001\u0085R").end());
    all.put(
        "a date with a zone", of("cdatetime\ndate\nC\u0004\u0007\u00e8\u0001\u0001N\u0086R").end());
    all.put(
        "an hour of 24",
        of("cdatetime\ntime\nC\u0006\u0018\u0000\u0000\u0000\u0000\u0000\u0085R").end());
    all.put(
        "too many microseconds",
        of("cdatetime\ntime\nC\u0006\u0001\u0000\u0000\u00ff\u0000\u0000\u0085R").end());
    all.put(
        "a time with a zone of another kind",
        of("cdatetime\ntime\nC\u0006\u0001\u0000\u0000\u0000\u0000\u0000N\u0086R").end());
    all.put(
        "a datetime whose hour has the fold",
        of("cdatetime\ndatetime\nC\n\u0007\u00e8\u0001\u0001\u0081\u0000\u0000\u0000\u0000\u0000\u0085R")
            .end());
    all.put("a timezone of no timedelta", of("cdatetime\ntimezone\nK\u0001\u0085R").end());
    all.put(
        "a timezone with a name that is none",
        of("cdatetime\ntimezone\ncdatetime\ntimedelta\nK\u0000K\u0000K\u0000\u0087RK\u0001\u0086R")
            .end());
    all.put(
        "a timedelta of too many days",
        of("cdatetime\ntimedelta\nJ\u00ff\u00ff\u00ff\u007fK\u0000K\u0000\u0087R").end());
    all.put(
        "a timedelta of too many seconds",
        of("cdatetime\ntimedelta\nK\u0000J\u00ff\u00ff\u00ff\u007fK\u0000\u0087R").end());
    all.put(
        "a timedelta of the least day",
        of("cdatetime\ntimedelta\n\u008a\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080K\u0000K\u0000\u0087R")
            .end());
    all.put(
        "a timedelta of a float", of("cdatetime\ntimedelta\nF1.5\nK\u0000K\u0000\u0087R").end());
    all.put("a Decimal of an int", of(DECIMAL + "K\u0001\u0085R").end());
    all.put("a Decimal of no number", of(DECIMAL).text("one").then("\u0085R").end());
    all.put("a Decimal of many digits", of(DECIMAL).text("1".repeat(10_000)).then("\u0085R").end());
    all.put(
        "a Decimal of a long exponent",
        of(DECIMAL).text("1E" + "9".repeat(4_000)).then("\u0085R").end());
    all.put(
        "a Fraction without a denominator",
        of("cfractions\nFraction\nK\u0001K\u0000\u0086R").end());
    all.put(
        "a Fraction of text without one",
        of("cfractions\nFraction\n").text("1/0").then("\u0085R").end());
    all.put(
        "a Fraction of a large int",
        of("cfractions\nFraction\nK\u0001\u008b")
            .u4(5_000)
            .then("\u0001".repeat(5_000))
            .then("\u0086R")
            .end());
    all.put("a UUID without a state", of(UUID + ")\u0081").end());
    all.put("a UUID of an empty state", of(UUID + ")\u0081}b").end());
    all.put(
        "a UUID with an argument",
        of(UUID).text("00000000-0000-0000-0000-000000000000").then("\u0085R").end());
    all.put(
        "a UUID of a negative int",
        of(UUID + ")\u0081}X\u0003\u0000\u0000\u0000intJ\u00ff\u00ff\u00ff\u00ffsb").end());
    all.put(
        "a UUID of a large int",
        of(UUID + ")\u0081}X\u0003\u0000\u0000\u0000int\u008a\u0012" + "\u0001".repeat(18) + "sb")
            .end());
    all.put(
        "a UUID of another state",
        of(UUID + ")\u0081}X\u0003\u0000\u0000\u0000hexK\u0001sb").end());
    all.put("bytes of an argument", of("cbuiltins\nbytes\nJ\u00ff\u00ff\u00ff\u007f\u0085R").end());
    all.put("a bytearray of a size", of(BYTEARRAY + "J\u00ff\u00ff\u00ff\u007f\u0085R").end());
    all.put(
        "a bytearray of another encoding",
        of(BYTEARRAY).text("a").text("utf-16").then("\u0086R").end());
    all.put(
        "bytes of a character beyond them",
        of("c_codecs\nencode\nV\\u20ac\n").text("latin1").then("\u0086R").end());
    all.put(
        "bytes by another codec",
        of("c_codecs\nencode\n").text("a").text("zlib_codec").then("\u0086R").end());
    all.put("a set of an int", of("cbuiltins\nset\nK\u0001\u0085R").end());
    all.put("a set of a dict", of("cbuiltins\nset\n}\u0085R").end());
    all.put("a deque longer than its bound", of("ccollections\ndeque\n)K\u0001\u0086R(NNe").end());
    all.put("a deque of no bound", of("ccollections\ndeque\n)F1.5\n\u0086R").end());
    all.put("a deque of an int", of("ccollections\ndeque\nK\u0001\u0085R").end());
    all.put("a deque of three", of("ccollections\ndeque\n)NN\u0087R").end());
    all.put("an OrderedDict of no pairs", of("ccollections\nOrderedDict\n](K\u0001e\u0085R").end());
    all.put("an OrderedDict of three", of("ccollections\nOrderedDict\n](]e\u0085R").end());
    all.put("a Counter of an int", of("ccollections\nCounter\nK\u0001\u0085R").end());
    all.put("a defaultdict of a value", of("ccollections\ndefaultdict\nK\u0001\u0085R").end());
    all.put(
        "a defaultdict of another name",
        of("ccollections\ndefaultdict\ncos\nsystem\n\u0085R").end());
  }

  private static void keys(Map<String, byte[]> all) {
    all.put("a list as a key", of("}]Ns").end());
    all.put("a list in a tuple as a key", of("}]\u0085Ns").end());
    all.put("a dict in a set", of("\u008f(}\u0090").end());
    all.put("a set in a frozenset", of("(\u008f\u0091").end());
    all.put("a key twice", of("}(K\u0001NK\u0001Nu").end());
    all.put("an element twice", of("\u008f(K\u0001K\u0001\u0090").end());
    all.put("an element of a frozenset twice", of("(K\u0001K\u0001\u0091").end());
    HostilePickles mixed = of("\u008f(");
    mixed.times(50_000, i -> mixed.then(sameHashLong(i)).then(sameHashDouble(i))).then("\u0090");
    all.put("ints and floats of one hash code", mixed.end());
    HostilePickles bytes = of("\u008f(");
    bytes
        .times(65_536, i -> bytes.then("C " + new StringBuilder(sameHashText(i)).reverse()))
        .then("\u0090");
    all.put("bytes of one hash code", bytes.end());
  }

  /** An int whose two halves are equal, so that its hash code is 0. */
  private static String sameHashLong(int i) {
    HostilePickles number = of("\u008a\u0008").u4(i + 1L).u4(i + 1L);
    return number.bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String sameHashDouble(int i) {
    StringBuilder half = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      half.append((char) ((i + 0x10_000_000) >> shift & 0xff));
    }
    return "G" + half + half;
  }

  /** Sixteen times Aa or BB, which are equal to a hash code of this kind. */
  static String sameHashText(int i) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }
}
