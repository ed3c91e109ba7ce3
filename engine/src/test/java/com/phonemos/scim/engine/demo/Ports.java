package com.phonemos.scim.engine.demo;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports that are easy to remember, where nobody has them yet. */
final class Ports {
  private Ports() {}

  /** The wanted port, or any free one if it is taken. */
  static int prefer(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted)) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
