package io.jstorage.s3.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A request to S3 that names its bucket in the path. */
public final class S3Request {
  private final HttpMessage message;
  private final String method;
  private final String bucket;
  private final String key;
  private final String query;

  /** The operation that a request asks for. */
  public enum Kind {
    GET,
    HEAD,
    PUT,
    COPY,
    DELETE,
    LIST,
    DELETE_MANY,
    START_UPLOAD,
    PUT_PART,
    COMPLETE_UPLOAD,
    ABORT_UPLOAD,
    OTHER
  }

  S3Request(HttpMessage message) {
    this.message = message;
    String[] words = message.startLine().split(" ", 3);
    String[] target = words[1].split("\\?", 2);
    String[] path = target[0].split("/", 3);
    this.method = words[0];
    this.query = target.length > 1 ? target[1] : "";
    this.bucket = path.length > 1 ? decode(path[1]) : "";
    this.key = path.length > 2 ? decode(path[2]) : "";
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  HttpMessage message() {
    return message;
  }

  String method() {
    return method;
  }

  public String bucket() {
    return bucket;
  }

  public String key() {
    return key;
  }

  public @Nullable String header(String name) {
    return message.header(name);
  }

  public byte[] body() {
    return message.body();
  }

  /** The same without {@code If-Match} and {@code If-None-Match}; a signature is void then. */
  public S3Request withoutConditions() {
    return new S3Request(
        message.without(
            name -> name.equalsIgnoreCase("If-Match") || name.equalsIgnoreCase("If-None-Match")));
  }

  /** The same with another body, its headers as they are. */
  public S3Request withBody(byte[] body) {
    return new S3Request(message.withBody(body));
  }

  /** The operation that it asks for. */
  public Kind kind() {
    boolean ofUpload = query.contains("uploadId=");
    return switch (method) {
      case "GET" -> key.isEmpty() ? Kind.LIST : Kind.GET;
      case "HEAD" -> key.isEmpty() ? Kind.OTHER : Kind.HEAD;
      case "PUT" -> {
        if (ofUpload) {
          yield Kind.PUT_PART;
        }
        Kind ofObject = header("x-amz-copy-source") == null ? Kind.PUT : Kind.COPY;
        yield key.isEmpty() ? Kind.OTHER : ofObject;
      }
      case "DELETE" -> ofUpload ? Kind.ABORT_UPLOAD : key.isEmpty() ? Kind.OTHER : Kind.DELETE;
      case "POST" -> {
        if (ofUpload) {
          yield Kind.COMPLETE_UPLOAD;
        }
        yield key.isEmpty() ? Kind.DELETE_MANY : Kind.START_UPLOAD;
      }
      default -> Kind.OTHER;
    };
  }

  /** Whether it changes something. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Holds for requests of the given kinds. */
  public static Predicate<S3Request> of(Kind... kinds) {
    return request -> {
      for (Kind kind : kinds) {
        if (request.kind() == kind) {
          return true;
        }
      }
      return false;
    };
  }

  @Override
  public String toString() {
    return message.toString();
  }
}
