package io.jstorage.s3.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** A fault of one request. An exception resets the client's connection. */
@FunctionalInterface
public interface Fault {
  /**
   * Answers a request.
   *
   * @param request the request
   * @param server answers it as it should be
   */
  HttpMessage answer(S3Request request, Server server) throws IOException;

  /** The server behind the proxy. */
  @FunctionalInterface
  interface Server {
    HttpMessage send(S3Request request) throws IOException;
  }

  /** The server refuses. */
  static Fault error(int status, String code) {
    return (request, server) ->
        request.method().equals("HEAD")
            ? HttpMessage.error(status, code).withBody(new byte[0])
            : HttpMessage.error(status, code);
  }

  static Fault slowDown() {
    return error(503, "SlowDown");
  }

  static Fault internalError() {
    return error(500, "InternalError");
  }

  static Fault conflict() {
    return error(409, "ConditionalRequestConflict");
  }

  /** The connection breaks before the server gets the request. */
  static Fault reset() {
    return (request, server) -> {
      throw new IOException("reset by fault");
    };
  }

  /** The connection breaks after the server has done what it was asked for. */
  static Fault dropReply() {
    return dropReplyAfter(() -> {});
  }

  /**
   * The server does what it was asked for, then something else happens, and then the connection
   * breaks.
   */
  static Fault dropReplyAfter(Runnable event) {
    return (request, server) -> {
      HttpMessage lost = server.send(request);
      event.run();
      throw new IOException("dropped by fault: " + lost);
    };
  }

  /** The server does what it was asked for, and then says that it could not. */
  static Fault errorAfterApplying(int status, String code) {
    return (request, server) -> {
      HttpMessage lost = server.send(request);
      return lost.status() < 300 ? error(status, code).answer(request, server) : lost;
    };
  }

  /** The connection ends in the middle of the reply's body. */
  static Fault cutBody() {
    return (request, server) -> {
      HttpMessage reply = server.send(request);
      byte[] body = reply.body();
      return reply.withBody(Arrays.copyOf(body, body.length / 2));
    };
  }

  /**
   * One bit of the reply's body is wrong, but not its checksum, if the client asks for one: AWS has
   * one for every object, S3Proxy only where it came in a header.
   */
  static Fault corruptBody() {
    return (request, server) -> {
      HttpMessage reply = server.send(request);
      byte[] body = reply.body();
      if ("ENABLED".equals(request.header("x-amz-checksum-mode"))) {
        CRC32 crc = new CRC32();
        crc.update(body);
        byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        reply =
            reply
                .without("x-amz-checksum-crc32"::equalsIgnoreCase)
                .with("x-amz-checksum-crc32", Base64.getEncoder().encodeToString(sum));
      }
      body[body.length / 2] ^= 1;
      return reply.withBody(body);
    };
  }

  /** The request takes its time. */
  static Fault delay(Duration time) {
    return (request, server) -> {
      LockSupport.parkNanos(time.toNanos());
      return server.send(request);
    };
  }

  /** The reply is changed on its way. */
  static Fault edit(UnaryOperator<HttpMessage> change) {
    return (request, server) -> change.apply(server.send(request));
  }

  /** The request is held until it is let go. */
  static Fault hold(CountDownLatch arrived, CountDownLatch release) {
    return (request, server) -> {
      arrived.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return server.send(request);
    };
  }

  /** The requests are held until so many of them have arrived. */
  static Fault gather(int requests) {
    CountDownLatch arrived = new CountDownLatch(requests);
    return hold(arrived, arrived);
  }

  /** The server takes conditional writes for plain ones. Verifies no signatures. */
  static Fault ignoreConditions() {
    return (request, server) -> server.send(request.withoutConditions());
  }

  /** At random one of those that a server, or a network, under load makes. */
  static Fault any() {
    List<Fault> all =
        List.of(
            slowDown(),
            internalError(),
            conflict(),
            reset(),
            dropReply(),
            cutBody(),
            errorAfterApplying(500, "InternalError"));
    return (request, server) ->
        all.get(ThreadLocalRandom.current().nextInt(all.size())).answer(request, server);
  }
}
