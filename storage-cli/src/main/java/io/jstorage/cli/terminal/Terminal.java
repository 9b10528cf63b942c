package io.jstorage.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * The input and output of a command: results to the output, everything said about them to the error
 * output. Text is UTF-8. Thread-safe: lines of several threads do not mix.
 */
public final class Terminal {
  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final boolean outIsPipe;
  private final IntSupplier width;
  private final Prompt prompt;
  private final ReentrantLock lock = new ReentrantLock();

  /** How long the line of a progress bar is in which the cursor stands; 0 if there is none. */
  private int bar;

  /** Whether the output has failed; handing over the rest would only fail again. */
  private boolean lost;

  /** Takes three streams, what is known of them, and somebody to ask. */
  public Terminal(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      IntSupplier width,
      Prompt prompt) {
    this(in, out, err, outIsTerminal, errIsTerminal, false, width, prompt);
  }

  private Terminal(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      boolean outIsPipe,
      IntSupplier width,
      Prompt prompt) {
    this.in = in;
    this.out = new BufferedOutputStream(out, 1 << 15);
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.outIsPipe = outIsPipe;
    this.width = width;
    this.prompt = prompt;
  }

  /** Returns that of this process. Unlike {@code System.out}, it notices that a pipe is closed. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        TerminalDevice.isTerminal(1),
        TerminalDevice.isTerminal(2),
        TerminalDevice.outIsPipe(),
        TerminalDevice::width,
        Prompt.ofConsole(TerminalDevice.console()));
  }

  /** Whether a person sees the output. */
  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  /** Whether a person sees what is said beside the output. */
  public boolean errIsTerminal() {
    return errIsTerminal;
  }

  /** How many columns there are; 80 where nobody knows. */
  public int width() {
    return outIsTerminal || errIsTerminal ? width.getAsInt() : 80;
  }

  public Prompt prompt() {
    return prompt;
  }

  public InputStream in() {
    return in;
  }

  /** Prints a line of the result. */
  public void line(String text) {
    lock.lock();
    try {
      if (outIsTerminal) {
        clearBar();
      }
      bytes((text + "\n").getBytes(UTF_8));
      if (outIsTerminal) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Prints bytes of the result as they are. */
  public void bytes(byte[] bytes) {
    lock.lock();
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** Hands over what was printed. */
  public void flush() {
    lock.lock();
    try {
      if (!lost) {
        out.flush();
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** A pipe fails if it has lost its reader; the text of the system may be in any language. */
  private RuntimeException failed(IOException e) {
    lost = true;
    return outIsPipe || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
        ? new ClosedPipeException(e)
        : new OutputException(e);
  }

  /** Says something beside the result. */
  public void note(String text) {
    lock.lock();
    try {
      clearBar();
      raw(text + "\n");
    } finally {
      lock.unlock();
    }
  }

  /** Writes a progress bar over the one before; the next line takes its place. */
  void bar(String text) {
    lock.lock();
    try {
      raw("\r" + text);
      bar = text.length();
    } finally {
      lock.unlock();
    }
  }

  /** Leaves an empty line where the progress bar was. */
  void clearBar() {
    lock.lock();
    try {
      if (bar > 0) {
        raw("\r" + " ".repeat(bar) + "\r");
        bar = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** That nobody reads it is no reason to stop. */
  private void raw(String text) {
    try {
      err.write(text.getBytes(UTF_8));
      err.flush();
    } catch (IOException e) {
      // There is no other place to say so.
    }
  }
}
