package io.jstorage.s3.requests;

/**
 * The progress of a thread's request, and whether an interrupt was hidden from it. An {@link
 * UninterruptedHttpClient} records it; for other clients it is unknown.
 */
final class RequestProgress {
  private static final ThreadLocal<RequestProgress> CURRENT =
      ThreadLocal.withInitial(RequestProgress::new);

  private boolean followed;
  private boolean begun;
  private boolean answered;
  private boolean interrupted;

  private RequestProgress() {}

  static RequestProgress current() {
    return CURRENT.get();
  }

  /**
   * Begins to follow a request.
   *
   * @param followed whether its client keeps this object informed
   */
  void start(boolean followed) {
    this.followed = followed;
    this.begun = false;
    this.answered = false;
  }

  void begin() {
    begun = true;
  }

  /** Says that the server cannot have carried out what was sent, if anything was. */
  void neverArrived() {
    begun = false;
  }

  void answer(int status) {
    answered = status >= 200 && status < 300;
  }

  /** Returns whether it is certain that the server did not get the request as a whole. */
  boolean hasNeverArrived() {
    return followed && !begun;
  }

  /** Returns whether the server said that it has done what it was asked for. */
  boolean isAnswered() {
    return answered;
  }

  /** Clears the thread's interrupt flag and remembers it. */
  void holdInterrupt() {
    if (Thread.interrupted()) {
      interrupted = true;
    }
  }

  /** Clears the flag, and returns whether an interrupt came or was held since the last call. */
  boolean takeInterrupt() {
    holdInterrupt();
    boolean taken = interrupted;
    interrupted = false;
    return taken;
  }
}
