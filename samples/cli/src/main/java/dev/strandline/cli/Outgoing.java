package dev.strandline.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A stream that remembers why it could not be written to: a {@link PrintWriter} only tells that.
 */
final class Outgoing extends FilterOutputStream {
  private @Nullable IOException failure;

  Outgoing(OutputStream target) {
    super(target);
  }

  /** A writer onto this, in UTF-8 whatever the locale: messages leave as the server sent them. */
  PrintWriter writer(boolean flushing) {
    return new PrintWriter(new OutputStreamWriter(this, StandardCharsets.UTF_8), flushing);
  }

  /** What went wrong first, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException e) {
    failure = failure == null ? e : failure;
    return e;
  }
}
