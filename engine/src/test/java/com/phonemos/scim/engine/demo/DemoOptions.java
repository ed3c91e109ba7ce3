package com.phonemos.scim.engine.demo;

import java.nio.file.Path;

/**
 * What the demo is asked for, in system properties.
 *
 * @param users people of each company ({@code demo.users})
 * @param groups groups of each company ({@code demo.groups})
 * @param exit whether it ends after the table ({@code demo.exit})
 * @param engineJar the packaged engine ({@code engine.jar})
 * @param folder for data and logs; made when absent ({@code demo.folder})
 */
record DemoOptions(int users, int groups, boolean exit, Path engineJar, Path folder) {
  private static final int FEWEST_USERS = 10;
  private static final int FEWEST_GROUPS = 2;

  /**
   * Checks the numbers: the day's events need somebody to happen to.
   *
   * @throws IllegalArgumentException if one is too small
   */
  DemoOptions {
    if (users < FEWEST_USERS || groups < FEWEST_GROUPS) {
      throw new IllegalArgumentException(
          "Expected at least %d users and %d groups, but it is %d and %d"
              .formatted(FEWEST_USERS, FEWEST_GROUPS, users, groups));
    }
  }

  /**
   * Reads the system properties.
   *
   * @throws IllegalArgumentException if one cannot be used
   */
  static DemoOptions read() {
    return new DemoOptions(
        Integer.parseInt(System.getProperty("demo.users", "300")),
        Integer.parseInt(System.getProperty("demo.groups", "20")),
        Boolean.parseBoolean(System.getProperty("demo.exit", "false")),
        Path.of(System.getProperty("engine.jar", "target/phonemos-scim.jar")).toAbsolutePath(),
        Path.of(System.getProperty("demo.folder", "target/demo")).toAbsolutePath());
  }
}
