package com.phonemos.scim.engine.fuzz;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the fuzzers with the integration tests, which are told how long by the build, so that they
 * run beside each other.
 */
public final class FuzzSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("fuzz.seconds") != null) {
      for (Fuzzer fuzzer : Fuzzer.values()) {
        fuzzer.start();
      }
    }
  }
}
