package io.jstorage.s3.requests;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP client that hides interrupts from the one that it forwards to, and from the SDK around
 * it. Both give a request up when they see the flag, also one that the server has just carried out.
 */
public final class UninterruptedHttpClient implements SdkHttpClient {
  private final SdkHttpClient delegate;

  private UninterruptedHttpClient(SdkHttpClient delegate) {
    this.delegate = delegate;
  }

  /** Returns a builder whose client the SDK closes together with its own. */
  public static SdkHttpClient.Builder<?> around(SdkHttpClient.Builder<?> builder) {
    return new Builder(builder);
  }

  private static final class Builder implements SdkHttpClient.Builder<Builder> {
    private final SdkHttpClient.Builder<?> builder;

    Builder(SdkHttpClient.Builder<?> builder) {
      this.builder = builder;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new UninterruptedHttpClient(builder.buildWithDefaults(defaults));
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    HttpExecuteRequest.Builder watched =
        HttpExecuteRequest.builder().request(request.httpRequest());
    request.contentStreamProvider().ifPresent(body -> watched.contentStreamProvider(watch(body)));
    request.metricCollector().ifPresent(watched::metricCollector);
    return new Exchange(delegate.prepareRequest(watched.build()));
  }

  private static ContentStreamProvider watch(ContentStreamProvider body) {
    return () -> new Body(body.newStream());
  }

  /** One request. */
  private static final class Exchange implements ExecutableHttpRequest {
    private final ExecutableHttpRequest delegate;

    Exchange(ExecutableHttpRequest delegate) {
      this.delegate = delegate;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      RequestProgress progress = RequestProgress.current();
      progress.holdInterrupt();
      progress.begin();
      try {
        HttpExecuteResponse response = delegate.call();
        progress.answer(response.httpResponse().statusCode());
        return response;
      } catch (IOException | RuntimeException e) {
        if (isWaitForConnection(e)) {
          progress.neverArrived();
        }
        throw e;
      } finally {
        progress.holdInterrupt();
      }
    }

    /**
     * Returns whether the exception is an interrupted wait for a connection, in Apache's client.
     */
    private static boolean isWaitForConnection(Exception e) {
      return e instanceof CancellationException
          || e.getCause() instanceof InterruptedException
          || e.getClass().getSimpleName().equals("ConnectionRequestTimeoutException");
    }

    @Override
    public void abort() {
      delegate.abort();
    }
  }

  /**
   * The bytes of a request on their way out. The stream behind it looks for interrupts in every
   * method, {@code markSupported} among them, and therefore none of them is left to it.
   */
  private static final class Body extends InputStream {
    private final InputStream in;

    Body(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      RequestProgress.current().holdInterrupt();
      try {
        return in.read(bytes, offset, length);
      } catch (AbortedException e) {
        throw cutShort(e);
      }
    }

    @Override
    public int available() throws IOException {
      RequestProgress.current().holdInterrupt();
      return in.available();
    }

    @Override
    public void close() throws IOException {
      RequestProgress.current().holdInterrupt();
      try {
        in.close();
      } catch (AbortedException e) {
        // It looks for interrupts after it has closed what is to be closed.
        RequestProgress.current().holdInterrupt();
      }
    }

    /** The SDK saw an interrupt anyway. No server accepts a body that is shorter than announced. */
    private static AbortedException cutShort(AbortedException e) {
      RequestProgress.current().neverArrived();
      return e;
    }
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
