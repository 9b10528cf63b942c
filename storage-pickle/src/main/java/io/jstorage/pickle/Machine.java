package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Container;
import io.jstorage.pickle.Node.Python2String;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the instructions of one pickle: it puts objects together and calls nothing. Its time
 * and memory are proportional to the bytes of the pickle, as nothing is hashed or compared here.
 */
final class Machine {
  private static final int HIGHEST_PROTOCOL = 5;

  private final Input in;
  private final Stack stack;
  private final Memo memo;

  /** The empty tuple, of which one is enough. */
  private final Container nothing = new Container(Kind.TUPLE);

  Machine(byte[] bytes, Limits limits) {
    this.in = new Input(bytes);
    this.stack = new Stack(limits);
    this.memo = new Memo(limits.memo(), bytes.length);
  }

  /** Returns what the pickle makes: scalars as they are in Java, {@link Node}s, and names. */
  @Nullable Object run() throws Refusal {
    int at = 0;
    try {
      for (int opcode = in.u1(); opcode != Opcode.STOP; opcode = in.u1()) {
        step(opcode);
        at = in.position();
      }
      if (!in.isAtEnd()) {
        throw new Refusal("there are bytes after the end of the pickle");
      }
      return stack.last();
    } catch (Refusal e) {
      throw new Refusal("%s, at byte %d".formatted(e.getMessage(), at), e);
    }
  }

  private void step(int opcode) throws Refusal {
    switch (opcode) {
      case Opcode.PROTO -> checkProtocol(in.u1());
      case Opcode.FRAME -> in.expect(in.i8());

      case Opcode.MARK -> stack.mark();
      case Opcode.POP -> stack.drop();
      case Opcode.POP_MARK -> stack.popToMark();
      case Opcode.DUP -> stack.push(stack.top());

      case Opcode.PUT -> memo.put(number(in.line()), stack.top());
      case Opcode.BINPUT -> memo.put(in.u1(), stack.top());
      case Opcode.LONG_BINPUT -> memo.put(in.u4(), stack.top());
      case Opcode.MEMOIZE -> memo.add(stack.top());
      case Opcode.GET -> stack.push(memo.get(number(in.line())));
      case Opcode.BINGET -> stack.push(memo.get(in.u1()));
      case Opcode.LONG_BINGET -> stack.push(memo.get(in.u4()));

      case Opcode.NONE -> stack.push(null);
      case Opcode.NEWTRUE -> stack.push(true);
      case Opcode.NEWFALSE -> stack.push(false);
      case Opcode.INT -> stack.push(Scalars.integerOrBool(in.line()));
      case Opcode.LONG -> stack.push(Scalars.longInteger(in.line()));
      case Opcode.BININT -> stack.push((long) in.i4());
      case Opcode.BININT1 -> stack.push((long) in.u1());
      case Opcode.BININT2 -> stack.push((long) in.u2());
      case Opcode.LONG1 -> stack.push(in.integer(in.u1()));
      case Opcode.LONG4 -> stack.push(in.integer(in.i4()));
      case Opcode.FLOAT -> stack.push(Scalars.floating(in.line()));
      case Opcode.BINFLOAT -> stack.push(in.f8());

      case Opcode.STRING -> stack.push(new Python2String(Scalars.quoted(in.line())));
      case Opcode.BINSTRING -> stack.push(new Python2String(in.bytes(in.i4())));
      case Opcode.SHORT_BINSTRING -> stack.push(new Python2String(in.bytes(in.u1())));
      case Opcode.UNICODE -> stack.push(Scalars.rawUnicodeEscape(in.line()));
      case Opcode.SHORT_BINUNICODE -> stack.push(in.utf8(in.u1()));
      case Opcode.BINUNICODE -> stack.push(in.utf8(in.u4()));
      case Opcode.BINUNICODE8 -> stack.push(in.utf8(in.i8()));
      case Opcode.SHORT_BINBYTES -> stack.push(in.bytes(in.u1()));
      case Opcode.BINBYTES -> stack.push(in.bytes(in.u4()));
      case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> stack.push(in.bytes(in.i8()));

      case Opcode.EMPTY_LIST -> stack.push(new Container(Kind.LIST));
      case Opcode.EMPTY_TUPLE -> stack.push(nothing);
      case Opcode.EMPTY_DICT -> stack.push(new Container(Kind.DICT));
      case Opcode.EMPTY_SET -> stack.push(new Container(Kind.SET));
      case Opcode.LIST -> pushContainer(Kind.LIST, stack.popToMark());
      case Opcode.TUPLE -> pushContainer(Kind.TUPLE, stack.popToMark());
      case Opcode.TUPLE1 -> pushContainer(Kind.TUPLE, stack.pop(1));
      case Opcode.TUPLE2 -> pushContainer(Kind.TUPLE, stack.pop(2));
      case Opcode.TUPLE3 -> pushContainer(Kind.TUPLE, stack.pop(3));
      case Opcode.FROZENSET -> pushContainer(Kind.FROZENSET, stack.popToMark());
      case Opcode.DICT -> pushContainer(Kind.DICT, pairs(stack.popToMark()));
      case Opcode.APPEND -> stack.append(Kind.LIST, stack.pop(1));
      case Opcode.APPENDS -> stack.append(Kind.LIST, stack.popToMark());
      case Opcode.SETITEM -> stack.append(Kind.DICT, stack.pop(2));
      case Opcode.SETITEMS -> stack.append(Kind.DICT, pairs(stack.popToMark()));
      case Opcode.ADDITEMS -> stack.append(Kind.SET, stack.popToMark());

      case Opcode.GLOBAL -> stack.push(Allowed.named(in.line(), in.line()));
      case Opcode.STACK_GLOBAL -> pushNamed();
      case Opcode.REDUCE -> reduce();
      case Opcode.NEWOBJ -> newObject();
      case Opcode.BUILD -> build();

      case Opcode.INST -> throw refusedClass(in.line() + "." + in.line());
      case Opcode.OBJ, Opcode.NEWOBJ_EX -> throw refusedClass("an object");
      case Opcode.EXT1, Opcode.EXT2, Opcode.EXT4 ->
          throw new Refusal("the pickle refers to a class by a number of copyreg");
      case Opcode.PERSID, Opcode.BINPERSID ->
          throw new Refusal("the pickle refers to an object outside of it");
      case Opcode.NEXT_BUFFER, Opcode.READONLY_BUFFER ->
          throw new Refusal("the pickle refers to a buffer outside of it");
      default -> throw new Refusal("0x%02x is no instruction of a pickle".formatted(opcode));
    }
  }

  private static void checkProtocol(int protocol) throws Refusal {
    if (protocol > HIGHEST_PROTOCOL) {
      throw new Refusal(
          "the pickle has protocol %d, and %d is the highest that is known"
              .formatted(protocol, HIGHEST_PROTOCOL));
    }
  }

  private static long number(String line) throws Refusal {
    return Scalars.integer(line) instanceof Long number ? number : -1;
  }

  private void pushContainer(Kind kind, List<@Nullable Object> items) throws Refusal {
    stack.push(new Container(kind, items));
  }

  private static List<@Nullable Object> pairs(List<@Nullable Object> items) throws Refusal {
    if (items.size() % 2 != 0) {
      throw new Refusal("a dict has a key without a value");
    }
    return items;
  }

  private void pushNamed() throws Refusal {
    if (stack.pop() instanceof String name && stack.pop() instanceof String module) {
      stack.push(Allowed.named(module, name));
    } else {
      throw new Refusal("the pickle refers to a name that is no text");
    }
  }

  private void reduce() throws Refusal {
    Object arguments = stack.pop();
    Object function = stack.pop();
    if (!(function instanceof Allowed allowed)
        || !(arguments instanceof Container tuple)
        || tuple.kind != Kind.TUPLE) {
      throw new Refusal("the pickle calls something that is no function");
    }
    if (allowed == Allowed.RECONSTRUCTOR) {
      stack.push(reconstructed(tuple.items));
    } else {
      stack.push(new Call(allowed, tuple.items));
    }
  }

  /** The call that protocols 0 and 1 write for objects of Python classes: class, base, no state. */
  private static Call reconstructed(List<@Nullable Object> arguments) throws Refusal {
    if (arguments.size() == 3
        && arguments.get(0) instanceof Allowed type
        && arguments.get(1) == Allowed.OBJECT
        && arguments.get(2) == null) {
      return new Call(type, List.of());
    }
    throw refusedClass("an object");
  }

  private void newObject() throws Refusal {
    if (stack.pop() instanceof Container tuple
        && tuple.kind == Kind.TUPLE
        && tuple.items.isEmpty()
        && stack.pop() instanceof Allowed type) {
      stack.push(new Call(type, tuple.items));
    } else {
      throw refusedClass("an object");
    }
  }

  private void build() throws Refusal {
    Object state = stack.pop();
    if (stack.top() instanceof Call call
        && call.function == Allowed.UUID
        && call.state == null
        && state instanceof Container dict
        && dict.kind == Kind.DICT) {
      call.state = dict;
    } else {
      throw new Refusal("the pickle has an object with attributes, and only data is read");
    }
  }

  private static Refusal refusedClass(String what) {
    return new Refusal(
        "the pickle makes %s by a class of its choice, and only data is read"
            .formatted(Refusal.printable(what)));
  }
}
