#!/usr/bin/env bash
# The iterator of the LevelDB port in Java (org.iq80.leveldb) has the methods to go backwards and
# throws from them; the LevelDB that it ports goes both ways.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.iq80.leveldb:leveldb:0.12

seen=$(java_program jars "$work/data" <<'EOF'
import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;

class Main {
  public static void main(String[] args) throws IOException {
    try (DB db = Iq80DBFactory.factory.open(new File(args[0]), new Options())) {
      db.put("a".getBytes(), "1".getBytes());
      db.put("b".getBytes(), "2".getBytes());
      System.out.printf("next %s, seekToLast %s, prev %s%n",
          outcome(db, DBIterator::next), outcome(db, DBIterator::seekToLast),
          outcome(db, iterator -> {
            iterator.next();
            iterator.prev();
          }));
    }
    System.exit(0);
  }

  static String outcome(DB db, Consumer<DBIterator> step) throws IOException {
    try (DBIterator iterator = db.iterator()) {
      iterator.seekToFirst();
      step.accept(iterator);
      return "works";
    } catch (UnsupportedOperationException e) {
      return "throws";
    }
  }
}
EOF
) || exit

conclude "org.iq80.leveldb:leveldb 0.12" \
  "next works, seekToLast works, prev works" \
  "next works, seekToLast throws, prev throws" "$seen" || exit 1
