#!/usr/bin/env bash
# Kryo cuts a java.sql.Timestamp to milliseconds, so that it comes back unequal.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.esotericsoftware:kryo:5.6.2

seen=$(java_program jars <<'EOF'
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.sql.Timestamp;

class Main {
  public static void main(String[] args) {
    Kryo kryo = new Kryo();
    kryo.register(Timestamp.class);
    Timestamp time = Timestamp.valueOf("2020-01-01 00:00:00.123456789");
    Output out = new Output(64, -1);
    kryo.writeObject(out, time);
    Timestamp back = kryo.readObject(new Input(out.toBytes()), Timestamp.class);
    System.out.printf("%s comes back as %s%n", time, back);
  }
}
EOF
) || exit

conclude "com.esotericsoftware:kryo 5.6.2" \
  "2020-01-01 00:00:00.123456789 comes back as 2020-01-01 00:00:00.123456789" \
  "2020-01-01 00:00:00.123456789 comes back as 2020-01-01 00:00:00.123" "$seen" || exit 1
