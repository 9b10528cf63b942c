package io.jstorage.jdk;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The classes that every stream may name: the JDK's values and its collections, with the classes
 * that stand for them in a stream. None of them runs code that a stream could choose, reaches out
 * of the JVM, or compares by anything but its content. Left out on purpose are {@code
 * Collections.nCopies}, which claims any size in a few bytes, and {@code URL}, whose hash code asks
 * the network. The locks are those of {@code ConcurrentHashMap}, which still writes the striped
 * table that it had up to Java 7.
 */
final class JdkValues {
  private static final String NAMES =
      """
      java.io.Serializable
      java.lang.Boolean
      java.lang.Byte
      java.lang.CharSequence
      java.lang.Character
      java.lang.Comparable
      java.lang.Double
      java.lang.Enum
      java.lang.Float
      java.lang.Integer
      java.lang.Long
      java.lang.Number
      java.lang.Object
      java.lang.Short
      java.lang.String
      java.lang.String$CaseInsensitiveComparator
      java.math.BigDecimal
      java.math.BigInteger
      java.math.MathContext
      java.math.RoundingMode
      java.net.URI
      java.time.
      java.time.temporal.ChronoUnit
      java.util.AbstractMap$SimpleEntry
      java.util.AbstractMap$SimpleImmutableEntry
      java.util.ArrayDeque
      java.util.ArrayList
      java.util.Arrays$ArrayList
      java.util.BitSet
      java.util.CollSer
      java.util.Collection
      java.util.Collections$EmptyList
      java.util.Collections$EmptyMap
      java.util.Collections$EmptySet
      java.util.Collections$ReverseComparator
      java.util.Collections$ReverseComparator2
      java.util.Collections$SetFromMap
      java.util.Collections$SingletonList
      java.util.Collections$SingletonMap
      java.util.Collections$SingletonSet
      java.util.Collections$SynchronizedCollection
      java.util.Collections$SynchronizedList
      java.util.Collections$SynchronizedMap
      java.util.Collections$SynchronizedNavigableMap
      java.util.Collections$SynchronizedNavigableSet
      java.util.Collections$SynchronizedRandomAccessList
      java.util.Collections$SynchronizedSet
      java.util.Collections$SynchronizedSortedMap
      java.util.Collections$SynchronizedSortedSet
      java.util.Collections$UnmodifiableCollection
      java.util.Collections$UnmodifiableList
      java.util.Collections$UnmodifiableMap
      java.util.Collections$UnmodifiableNavigableMap
      java.util.Collections$UnmodifiableNavigableMap$EmptyNavigableMap
      java.util.Collections$UnmodifiableNavigableSet
      java.util.Collections$UnmodifiableNavigableSet$EmptyNavigableSet
      java.util.Collections$UnmodifiableRandomAccessList
      java.util.Collections$UnmodifiableSet
      java.util.Collections$UnmodifiableSortedMap
      java.util.Collections$UnmodifiableSortedSet
      java.util.Comparators$NaturalOrderComparator
      java.util.Currency
      java.util.Date
      java.util.EnumMap
      java.util.EnumSet$SerializationProxy
      java.util.HashMap
      java.util.HashSet
      java.util.Hashtable
      java.util.IdentityHashMap
      java.util.LinkedHashMap
      java.util.LinkedHashSet
      java.util.LinkedList
      java.util.List
      java.util.Locale
      java.util.Map
      java.util.Map$Entry
      java.util.PriorityQueue
      java.util.Properties
      java.util.Set
      java.util.Stack
      java.util.TreeMap
      java.util.TreeSet
      java.util.UUID
      java.util.Vector
      java.util.concurrent.ConcurrentHashMap
      java.util.concurrent.ConcurrentHashMap$CollectionView
      java.util.concurrent.ConcurrentHashMap$KeySetView
      java.util.concurrent.ConcurrentHashMap$Segment
      java.util.concurrent.ConcurrentLinkedDeque
      java.util.concurrent.ConcurrentLinkedQueue
      java.util.concurrent.ConcurrentSkipListMap
      java.util.concurrent.ConcurrentSkipListSet
      java.util.concurrent.CopyOnWriteArrayList
      java.util.concurrent.CopyOnWriteArraySet
      java.util.concurrent.TimeUnit
      java.util.concurrent.locks.AbstractOwnableSynchronizer
      java.util.concurrent.locks.AbstractQueuedSynchronizer
      java.util.concurrent.locks.ReentrantLock
      java.util.concurrent.locks.ReentrantLock$NonfairSync
      java.util.concurrent.locks.ReentrantLock$Sync
      """;

  /** Class names, and one package with a dot at the end. */
  static final Set<String> ENTRIES = NAMES.lines().collect(Collectors.toUnmodifiableSet());

  private JdkValues() {}
}
