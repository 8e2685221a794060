package dev.strandline.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Frames a body of unknown length in chunks, one for each write: give it a buffer. */
final class ChunkedOutput extends OutputStream {
  private final OutputStream out;

  ChunkedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    // A chunk of length zero would end the body.
    if (length > 0) {
      ascii(Integer.toHexString(length) + "\r\n");
      out.write(bytes, offset, length);
      ascii("\r\n");
    }
  }

  /** Ends the body; the connection stays open. */
  void end() throws IOException {
    ascii("0\r\n\r\n");
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
