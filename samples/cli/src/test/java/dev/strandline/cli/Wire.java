package dev.strandline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The line between a client and a server on this machine: it counts the bytes of the answers, and
 * tells when a given one has passed.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket listening;
  private final int serverPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private long passed;
  private long awaited = Long.MAX_VALUE;
  private boolean held;
  private CountDownLatch reached = new CountDownLatch(1);

  Wire(int serverPort) {
    this.serverPort = serverPort;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /**
   * Counts anew.
   *
   * @return opens when this many bytes of answers have passed and not one more; the next ones wait
   *     until they are let {@link #go}
   */
  synchronized CountDownLatch awaiting(long bytes) {
    go();
    passed = 0;
    awaited = bytes;
    reached = new CountDownLatch(1);
    return reached;
  }

  /** Lets pass what waits behind the byte that was awaited. */
  synchronized void go() {
    held = false;
    notifyAll();
  }

  /** How many bytes of answers have passed since the counting began. */
  synchronized long passed() {
    return passed;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        start(() -> pump(client, server, false));
        start(() -> pump(server, client, true));
      } catch (IOException e) {
        // Closed, or a client that died while it connected.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (answers) {
          answer(out, bytes, count);
        } else {
          out.write(bytes, 0, count);
        }
      }
    } catch (IOException | InterruptedException e) {
      // Either end is gone: so is the other then.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private synchronized void answer(OutputStream out, byte[] bytes, int count)
      throws IOException, InterruptedException {
    int before = 0;
    if (reached.getCount() > 0 && passed + count > awaited) {
      before = (int) (awaited - passed);
      out.write(bytes, 0, before);
      passed += before;
      held = true;
      reached.countDown();
    }
    while (held) {
      wait();
    }
    out.write(bytes, before, count - before);
    passed += count - before;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
