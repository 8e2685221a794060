package dev.strandline.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts connections on the loopback address and gives each a thread of its own: they stay open,
 * so a fixed pool could starve.
 */
final class HttpListener implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final HttpConnection.Handler handler;
  private final Thread accepting = thread("accept", this::accept);
  private volatile boolean closed;

  HttpListener(int port, HttpConnection.Handler handler) {
    this.handler = handler;
    try {
      listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException("The fake server cannot listen on port " + port, e);
    }
  }

  void start() {
    accepting.start();
  }

  String host() {
    return listening.getInetAddress().getHostAddress();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        // An accept under way outlives the closing of its socket, and may still bring a connection.
        if (closed) {
          socket.close();
        } else {
          thread("connection", () -> serve(socket)).start();
        }
      } catch (IOException e) {
        // Closed, which ends the loop; or one connection failed before it began, which is
        // its own business.
        System.getLogger(HttpListener.class.getName())
            .log(System.Logger.Level.DEBUG, "Nothing accepted: {0}", e.toString());
      }
    }
  }

  private void serve(Socket socket) {
    try {
      new HttpConnection(socket, handler).run();
    } finally {
      open.remove(socket);
    }
  }

  private static Thread thread(String what, Runnable work) {
    Thread thread = new Thread(work, "fake-server-" + what + "-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Stops listening and breaks every connection; afterwards nothing is answered any more. */
  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
      accepting.join();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The fake server's sockets cannot be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
