#!/usr/bin/env bash
# Kryo writes a ZonedDateTime without its offset. A time in the hour that a zone has twice when
# summer time ends comes back as the earlier of the two: another instant.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.esotericsoftware:kryo:5.6.2

seen=$(java_program jars <<'EOF'
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.time.ZonedDateTime;

class Main {
  public static void main(String[] args) {
    Kryo kryo = new Kryo();
    kryo.register(ZonedDateTime.class);
    ZonedDateTime time = ZonedDateTime.parse("2020-10-25T02:30+01:00[Europe/Berlin]");
    Output out = new Output(64, -1);
    kryo.writeObject(out, time);
    ZonedDateTime back = kryo.readObject(new Input(out.toBytes()), ZonedDateTime.class);
    System.out.printf("%s comes back as %s%n", time, back);
  }
}
EOF
) || exit

time='2020-10-25T02:30+01:00[Europe/Berlin]'
conclude "com.esotericsoftware:kryo 5.6.2" \
  "$time comes back as $time" \
  "$time comes back as 2020-10-25T02:30+02:00[Europe/Berlin]" "$seen" || exit 1
