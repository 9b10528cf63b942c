package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.beans.ConstructorProperties;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kotlin.Metadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Values come back equal; those that would not are refused. */
class ComesBackOrIsRefusedTest {
  private static <V> V reread(Codec<V> codec, V value) throws IOException {
    return codec.decode(codec.encode(value));
  }

  private static <V> void assertThatItComesBack(TypeRef<V> type, V value) throws IOException {
    assertThat(reread(JsonCodec.of(type), value)).isEqualTo(value);
  }

  private static <V> void assertThatItIsRefused(TypeRef<V> type, V value, String... message) {
    assertThatThrownBy(() -> JsonCodec.of(type).encode(value))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(message);
  }

  // ---- enums

  enum Size {
    SMALL("size"),
    LARGE("size");

    private final String label;

    Size(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  @ParameterizedTest
  @EnumSource
  void constantsOfOneLabelAreNotConfused(Size size) throws IOException {
    assertThat(Json.write(JsonCodec.of(Size.class), size)).isEqualTo("\"" + size.name() + "\"");
    assertThatItComesBack(TypeRef.of(Size.class), size);
    assertThatItComesBack(new TypeRef<Map<Size, List<Size>>>() {}, Map.of(size, List.of(size)));
  }

  enum Level {
    LOW("some"),
    HIGH("some"),
    NONE("none");

    private final String value;

    Level(String value) {
      this.value = value;
    }

    @JsonValue
    String value() {
      return value;
    }
  }

  @Test
  void ofConstantsThatAnAnnotationGivesOneTextOnlyThoseThatComeBackArePut() throws IOException {
    assertThatItComesBack(TypeRef.of(Level.class), Level.NONE);
    int refused = 0;
    for (Level level : List.of(Level.LOW, Level.HIGH)) {
      try {
        assertThat(reread(JsonCodec.of(Level.class), level)).isEqualTo(level);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
  }

  enum Code {
    A(1),
    B(2);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    @JsonValue
    int number() {
      return number;
    }
  }

  @ParameterizedTest
  @EnumSource
  void constantsWithAValueOfTheirOwnComeBack(Code code) throws IOException {
    assertThatItComesBack(new TypeRef<List<Code>>() {}, List.of(code));
  }

  // ---- trees

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.12345678901234567890",
        "1e400",
        "-1E-400",
        "1.10",
        "123456789012345678901234567890",
        "-0.0",
        "1.5",
        "[1,2.50,{\"a\":[9007199254740993.0]}]",
        "{\"a\":1e999}"
      })
  void aTreeKeepsItsDigits(String json) throws IOException {
    var codec = JsonCodec.of(JsonNode.class);
    JsonNode tree = Json.read(codec, json);
    assertThat(tree.toString().replace("E+", "e").replace("E-", "e-"))
        .isEqualTo(json.replace("E-", "e-"));
    assertThat(reread(codec, tree)).isEqualTo(tree);
    assertThat(reread(JsonCodec.of(new TypeRef<Map<String, JsonNode>>() {}), Map.of("k", tree)))
        .isEqualTo(Map.of("k", tree));
  }

  record Holder(@Nullable JsonNode tree) {}

  @Test
  void aNumberOfATreeIsADoubleOnlyIfThatIsItsText() throws IOException {
    JsonNode tree = Json.read(JsonCodec.of(ArrayNode.class), "[1.5,1.50,1e400]");
    assertThat(tree.get(0)).isInstanceOf(DoubleNode.class);
    assertThat(tree.get(1)).isEqualTo(DecimalNode.valueOf(new BigDecimal("1.50")));
    assertThat(tree.get(2)).isEqualTo(DecimalNode.valueOf(new BigDecimal("1E+400")));
    assertThat(Json.read(JsonCodec.of(ObjectNode.class), "{\"a\":1e400}").get("a"))
        .isInstanceOf(DecimalNode.class);
  }

  @Test
  void aNullInPlaceOfATreeIsRefusedAsItWouldBeANullNode() throws IOException {
    assertThatItComesBack(TypeRef.of(Holder.class), new Holder(NullNode.instance));
    assertThatItIsRefused(
        TypeRef.of(Holder.class), new Holder(null), "null would be read as", "NullNode", "$.tree");
    var codec = JsonCodec.of(new TypeRef<List<JsonNode>>() {});
    assertThat(reread(codec, List.of(MissingNode.getInstance())))
        .isEqualTo(List.of(NullNode.instance));
  }

  // ---- collections with only a getter

  static class Basket {
    private final List<String> items = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    public List<String> getItems() {
      return items;
    }

    public Map<String, Integer> getCounts() {
      return counts;
    }

    /** Computed, so that nothing can be added to it. */
    public List<String> getSortedItems() {
      return items.stream().sorted().toList();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Basket that && items.equals(that.items) && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }
  }

  @Test
  void collectionsWithOnlyAGetterComeBackAndThoseThatAreComputedAreLeftAlone() throws IOException {
    Basket basket = new Basket();
    basket.getItems().addAll(List.of("b", "a"));
    basket.getCounts().put("a", 1);
    assertThatItComesBack(TypeRef.of(Basket.class), basket);
    assertThatItComesBack(TypeRef.of(Basket.class), new Basket());
  }

  static class Sealed {
    private final List<String> items = new ArrayList<>();

    void add(String item) {
      items.add(item);
    }

    public List<String> getItems() {
      return List.copyOf(items);
    }
  }

  @Test
  void aCollectionThatCannotBeFilledThroughItsGetterIsRefused() {
    Sealed value = new Sealed();
    value.add("a");
    assertThatItIsRefused(TypeRef.of(Sealed.class), value, "could not be read back");
  }

  // ---- types of which no value can be read

  static final class Plain {
    private final String name;
    private final int size;

    Plain(String name, int size) {
      this.name = name;
      this.size = size;
    }

    public String getName() {
      return name;
    }

    public int getSize() {
      return size;
    }
  }

  /** As Lombok makes it of fields that are final. */
  static final class OneArgument {
    private final String name;

    public OneArgument(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }
  }

  /** A data class as Kotlin compiles it, which names no parameters. */
  @Metadata
  static final class KotlinData {
    private final String name;
    private final List<String> tags;

    public KotlinData(String name, List<String> tags) {
      this.name = name;
      this.tags = tags;
    }

    public String getName() {
      return name;
    }

    public List<String> getTags() {
      return tags;
    }
  }

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  abstract static class Animal {
    public String getName() {
      return "";
    }
  }

  @SuppressWarnings("ClassCanBeStatic")
  final class Inner {
    public String getName() {
      return "";
    }
  }

  record Zoo(String name, List<Optional<Animal>> animals) {}

  record Range<T extends Comparable<T>>(T from, T to) {}

  /** Has no creator that is public, as immutable collections of libraries. */
  abstract static class ImmutableBag<E> extends java.util.AbstractCollection<E> {}

  static Stream<Arguments> aTypeWhoseValuesCannotBeReadIsRefusedAtOnce() {
    String noConstructor = "no constructor that Jackson can call";
    String isAbstract = "it is abstract";
    return Stream.of(
        Arguments.of(TypeRef.of(Plain.class), noConstructor),
        Arguments.of(TypeRef.of(OneArgument.class), noConstructor),
        Arguments.of(TypeRef.of(KotlinData.class), "the module of Jackson for Kotlin"),
        Arguments.of(TypeRef.of(Inner.class), ""),
        Arguments.of(TypeRef.of(Shape.class), isAbstract),
        Arguments.of(TypeRef.of(Animal.class), isAbstract),
        Arguments.of(TypeRef.of(Zoo.class), isAbstract),
        Arguments.of(TypeRef.of(Range.class), "java.lang.Comparable"),
        Arguments.of(new TypeRef<Map<String, List<Plain>>>() {}, noConstructor),
        Arguments.of(new TypeRef<Optional<Plain[]>>() {}, noConstructor),
        Arguments.of(TypeRef.of(java.io.InputStream.class), isAbstract),
        Arguments.of(new TypeRef<Map<Plain, String>>() {}, "Key deserializer"));
  }

  @ParameterizedTest
  @MethodSource
  void aTypeWhoseValuesCannotBeReadIsRefusedAtOnce(TypeRef<?> type, String message) {
    assertThatThrownBy(() -> JsonCodec.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTypeArgumentThatCanBeReadMakesAGenericTypeReadable() throws IOException {
    assertThatItComesBack(new TypeRef<Range<Integer>>() {}, new Range<>(1, 2));
  }

  // ---- what only a value shows

  static class Pet {
    private @Nullable String name;

    public @Nullable String getName() {
      return name;
    }

    public void setName(@Nullable String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pet that && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(name);
    }
  }

  static final class Dog extends Pet {}

  static final class Puppy extends Pet {
    private int weeks;

    public int getWeeks() {
      return weeks;
    }

    public void setWeeks(int weeks) {
      this.weeks = weeks;
    }
  }

  record Household(Pet first, List<Pet> others, Map<String, Pet[]> byRoom) {}

  @Test
  void anObjectOfASubclassIsRefusedWhereverItIs() throws IOException {
    Pet pet = new Pet();
    Household good = new Household(pet, List.of(pet), Map.of());
    assertThatItComesBack(TypeRef.of(Household.class), good);
    for (Pet other : List.of(new Dog(), new Puppy())) {
      assertThatItIsRefused(TypeRef.of(Pet.class), other, other.getClass().getName(), "$");
      assertThatItIsRefused(
          TypeRef.of(Household.class), new Household(other, List.of(), Map.of()), "$.first");
      assertThatItIsRefused(
          TypeRef.of(Household.class),
          new Household(pet, List.of(pet, other), Map.of()),
          other.getClass().getName() + " would be read as an object of " + Pet.class.getName(),
          "$.others[1]");
      assertThatItIsRefused(
          TypeRef.of(Household.class),
          new Household(pet, List.of(), Map.of("kitchen", new Pet[] {other})),
          "$.byRoom.kitchen[0]");
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  interface Vehicle {}

  record Car(int wheels) implements Vehicle {}

  @Test
  void aSubtypeThatNoAnnotationNamesIsRefused() {
    assertThatItIsRefused(
        new TypeRef<List<Vehicle>>() {}, List.of(new Car(4)), "could not be read back");
  }

  record Note(String title, Optional<String> text) {}

  @Test
  void aNullInPlaceOfAnOptionalIsRefusedAsItWouldBeAnEmptyOne() throws IOException {
    assertThatItComesBack(TypeRef.of(Note.class), new Note("a", Optional.empty()));
    @SuppressWarnings("NullOptional")
    Note broken = new Note("a", null);
    assertThatItIsRefused(TypeRef.of(Note.class), broken, "null would be read as", "$.text");
    assertThatItIsRefused(
        new TypeRef<List<Optional<String>>>() {}, Collections.singletonList(null), "$[0]");
    TypeRef<Map<String, Optional<Optional<String>>>> twice = new TypeRef<>() {};
    assertThatItComesBack(twice, Map.of("a", Optional.of(Optional.empty())));
    assertThatItIsRefused(twice, Map.of("a", Optional.empty()), "$.a");
  }

  static class Strict {
    private @Nullable String name;

    public @Nullable String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = Objects.requireNonNull(name);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Strict that && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(name);
    }
  }

  @Test
  void aNullThatASetterWouldNotTakeIsRefused() throws IOException {
    Strict named = new Strict();
    named.setName("a");
    assertThatItComesBack(TypeRef.of(Strict.class), named);
    assertThatItIsRefused(TypeRef.of(Strict.class), new Strict(), "could not be read back");
  }

  @Metadata
  static final class KotlinPerson {
    private final @Nullable String name;

    @JsonCreator
    KotlinPerson(@JsonProperty("name") String name) {
      this.name = Objects.requireNonNull(name);
    }

    private KotlinPerson() {
      this.name = null;
    }

    public @Nullable String getName() {
      return name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof KotlinPerson that && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(name);
    }
  }

  @Test
  void aNullInAnObjectOfKotlinThatTakesNoneIsRefused() throws IOException {
    assertThatItComesBack(TypeRef.of(KotlinPerson.class), new KotlinPerson("a"));
    assertThatItIsRefused(
        TypeRef.of(KotlinPerson.class), new KotlinPerson(), "could not be read back");
  }

  // ---- state that is not written

  static final class Counter {
    private String name = "";
    private int hits;
    private transient int cached;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    int hit() {
      cached = ++hits;
      return cached;
    }
  }

  @Test
  void aFieldThatNoPropertyCoversMustHaveTheValueThatItIsMadeWith() throws IOException {
    var codec = JsonCodec.of(Counter.class);
    Counter counter = new Counter();
    counter.setName("a");
    assertThat(reread(codec, counter).getName()).isEqualTo("a");
    assertThat(counter.hit()).isEqualTo(1);
    assertThatThrownBy(() -> codec.encode(counter))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("$.hits");
  }

  record User(String name, @JsonIgnore @Nullable String password) {}

  static final class Session {
    private String id = "";
    @JsonIgnore private @Nullable Object connection;

    boolean isConnected() {
      return connection != null;
    }

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }
  }

  @Test
  void ignoredPropertiesAreLostOnlyIfTheValueIsEqualWithoutThem() throws IOException {
    assertThatItComesBack(TypeRef.of(User.class), new User("a", null));
    assertThatItIsRefused(TypeRef.of(User.class), new User("a", "secret"), "$.password");
    Session session = new Session();
    session.setId("a");
    session.connection = new Object();
    assertThat(session.isConnected()).isTrue();
    Session read = reread(JsonCodec.of(Session.class), session);
    assertThat(read.getId()).isEqualTo("a");
    assertThat(read.isConnected()).isFalse();
  }

  record Tags(@JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags) {}

  @Test
  void omittedPropertiesAreRefusedIfTheyWouldBecomeNull() throws IOException {
    assertThatItComesBack(TypeRef.of(Tags.class), new Tags(List.of("a")));
    assertThatItIsRefused(TypeRef.of(Tags.class), new Tags(List.of()), "$.tags");
  }

  static final class Named {
    private final String first;
    private final String last;

    @ConstructorProperties({"first", "last"})
    Named(String first, String last) {
      this.first = first;
      this.last = last;
    }

    public String getFirst() {
      return first;
    }

    public String getLast() {
      return last;
    }

    public String getFull() {
      return first + " " + last;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Named that && first.equals(that.first) && last.equals(that.last);
    }

    @Override
    public int hashCode() {
      return first.hashCode();
    }
  }

  @Test
  void aClassWithAConstructorOfItsPropertiesComesBackAndWhatItComputesIsNotRead()
      throws IOException {
    assertThatItComesBack(new TypeRef<List<Named>>() {}, List.of(new Named("a", "b")));
  }

  record Raw(@JsonRawValue String json) {}

  @Test
  void rawTextThatIsNoJsonIsRefusedAndTheRestFollowsTheRules() throws IOException {
    assertThat(Json.write(new Raw("{ \"a\" : 1.50 }"))).isEqualTo("{\"json\":{\"a\":1.5}}");
    for (String text : List.of("{", "", "1 2", "{\"a\":1,\"a\":2}", "NaN", "[".repeat(499))) {
      assertThatThrownBy(() -> Json.write(new Raw(text))).isInstanceOf(IOException.class);
    }
    assertThatItIsRefused(TypeRef.of(Raw.class), new Raw("[1]"), "could not be read back");
  }

  // ---- classes of the JDK

  private static BitSet bits() {
    BitSet bits = new BitSet();
    bits.set(3);
    return bits;
  }

  private static SortedSet<String> ignoringCase() {
    SortedSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.add("a");
    return set;
  }

  private static SortedMap<String, Integer> backwards() {
    SortedMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
    map.put("a", 1);
    return map;
  }

  @SuppressWarnings("IdentityHashMapUsage")
  private static Set<String> byIdentity() {
    Set<String> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.add(String.valueOf(new char[] {'a'}));
    set.add(String.valueOf(new char[] {'a'}));
    return set;
  }

  static Stream<Arguments> aValueOfTheJdkThatWouldBeAnotherIsRefused() {
    return Stream.of(
        refused(TypeRef.of(BitSet.class), bits()),
        refused(TypeRef.of(Date.class), new Timestamp(5)),
        refused(TypeRef.of(Pattern.class), Pattern.compile("a", Pattern.CASE_INSENSITIVE)),
        refused(TypeRef.of(java.io.File.class), new java.io.File("relative")),
        refused(new TypeRef<SortedSet<String>>() {}, ignoringCase()),
        refused(new TypeRef<List<SortedMap<String, Integer>>>() {}, List.of(backwards())),
        refused(new TypeRef<Set<String>>() {}, byIdentity()),
        refused(new TypeRef<Set<Object>>() {}, Set.of(1, 1L)),
        refused(new TypeRef<Map<byte[], Integer>>() {}, Map.of(new byte[] {1}, 1)));
  }

  private static <V> Arguments refused(TypeRef<V> type, V value) {
    return Arguments.of(type, value);
  }

  @ParameterizedTest
  @MethodSource
  void aValueOfTheJdkThatWouldBeAnotherIsRefused(TypeRef<Object> type, Object value) {
    assertThatItIsRefused(type, value, "it ");
  }

  @Test
  void valuesOfTheJdkWithoutAnEqualsComeBackWithTheirContent() throws IOException {
    assertThat(reread(JsonCodec.of(AtomicInteger.class), new AtomicInteger(7)).get()).isEqualTo(7);
    assertThat(reread(JsonCodec.of(StringBuilder.class), new StringBuilder("a")).toString())
        .isEqualTo("a");
    assertThat(reread(JsonCodec.of(Pattern.class), Pattern.compile("a")).pattern()).isEqualTo("a");
    var codec = JsonCodec.of(new TypeRef<AtomicReference<String>>() {});
    assertThat(reread(codec, new AtomicReference<>("a")).get()).isEqualTo("a");
  }

  record Untyped(Object any, Number number, Serializable more, Set<DayOfWeek> days) {}

  @Test
  void untypedPlacesFollowTheirOwnTable() throws IOException {
    Untyped value =
        new Untyped(1, 0.5f, new BigDecimal("0.12345678901234567890"), Set.of(DayOfWeek.MONDAY));
    Untyped read = reread(JsonCodec.of(Untyped.class), value);
    assertThat(read.any()).isEqualTo(1L);
    assertThat(read.number()).isEqualTo(0.5);
    assertThat(read.more()).isEqualTo(new BigDecimal("0.12345678901234567890"));
  }

  record Interfaces(
      Collection<String> a,
      List<String> b,
      Queue<String> c,
      Deque<String> d,
      Set<String> e,
      SortedSet<String> f,
      Map<String, String> g,
      ConcurrentMap<String, String> h,
      SortedMap<String, String> i) {}

  @Test
  void aPlaceOfAnInterfaceGetsTheClassThatTheTableNames() throws IOException {
    Map<String, String> map = Map.of("k", "v");
    var read =
        reread(
            JsonCodec.of(Interfaces.class),
            new Interfaces(
                Set.of("a"),
                List.of("a"),
                new ArrayDeque<>(List.of("a")),
                new ArrayDeque<>(List.of("a")),
                Set.of("a"),
                new TreeSet<>(Set.of("a")),
                map,
                new ConcurrentHashMap<>(map),
                new TreeMap<>(map)));
    assertThat(read.a()).isInstanceOf(ArrayList.class);
    assertThat(read.b()).isInstanceOf(ArrayList.class);
    assertThat(read.c()).isInstanceOf(LinkedList.class);
    assertThat(read.d()).isInstanceOf(LinkedList.class);
    assertThat(read.e()).isInstanceOf(HashSet.class);
    assertThat(read.f()).isInstanceOf(TreeSet.class);
    assertThat(read.g()).isInstanceOf(LinkedHashMap.class);
    assertThat(read.h()).isInstanceOf(ConcurrentHashMap.class);
    assertThat(read.i()).isInstanceOf(TreeMap.class);
  }

  // ---- subclasses that are met for the first time deep inside

  static class Base {
    public int number = 1;
  }

  static final class First extends Base {}

  static final class Second extends Base {}

  static final class Third extends Base {}

  static final class Fourth extends Base {}

  @JsonSerialize(using = ToStringSerializer.class)
  static final class Fifth extends Base {
    @Override
    public String toString() {
      return "{}";
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Deep(
      Optional<Base> a, Map<String, List<Base>> b, Base[] c, Range<Integer> d, Set<Base> e) {}

  @Test
  void theFirstObjectOfASubclassIsFoundAsWell() throws IOException {
    var codec = JsonCodec.of(Deep.class);
    Base good = new Base();
    Range<Integer> range = new Range<>(1, 2);
    List<Deep> bad =
        List.of(
            new Deep(Optional.of(new First()), Map.of(), new Base[0], range, Set.of()),
            new Deep(
                Optional.of(good),
                Map.of("k", List.of(new Second())),
                new Base[0],
                range,
                Set.of()),
            new Deep(Optional.of(good), Map.of(), new Base[] {new Third()}, range, Set.of()),
            new Deep(Optional.of(good), Map.of(), new Base[0], range, Set.of(new Fourth())),
            new Deep(Optional.of(new Fifth()), Map.of(), new Base[0], range, Set.of()));
    Deep plain =
        new Deep(Optional.of(good), Map.of("k", List.of(good)), new Base[0], range, Set.of());
    for (Deep each : bad) {
      // Of a codec of its own, as one that has met a subclass looks into everything.
      var fresh = JsonCodec.of(Deep.class);
      assertThat(reread(fresh, plain).b().get("k")).hasSize(1);
      assertThatThrownBy(() -> fresh.encode(each)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> codec.encode(each)).isInstanceOf(IOException.class);
    }
  }

  // ---- a mapper of the caller

  @Test
  void withAMapperOfTheCallerTooWhatIsPutComesBackEqualOrIsRefused() throws IOException {
    JsonMapper mapper = new JsonMapper();
    var exact = JsonCodec.of(TypeRef.of(BigDecimal.class), mapper);
    assertThat(reread(exact, new BigDecimal("1.10"))).isEqualTo(new BigDecimal("1.10"));
    var untyped = JsonCodec.of(TypeRef.of(Object.class), mapper);
    assertThat(reread(untyped, Map.of("a", List.of(1, 0.5))))
        .isEqualTo(Map.of("a", List.of(1, 0.5)));
    assertThatThrownBy(() -> untyped.encode(new BigDecimal("0.12345678901234567890")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("would not come back equal");
    assertThatThrownBy(() -> JsonCodec.of(TypeRef.of(Plain.class), mapper))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aValueInAnUntypedPlaceIsComparedAsItsJson() throws IOException {
    var codec = JsonCodec.of(TypeRef.of(Object.class), new JsonMapper());
    Map<Object, Object> value = new LinkedHashMap<>();
    value.put(1, new Circle(1.5));
    value.put("b", new int[] {1, 2});
    value.put("c", Optional.empty());
    assertThat(reread(codec, value)).hasToString("{1={radius=1.5}, b=[1, 2], c=null}");
  }
}
