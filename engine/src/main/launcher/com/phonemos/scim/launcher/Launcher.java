package com.phonemos.scim.launcher;

/**
 * What {@code java -jar} calls first. Compiled for an older Java than the rest, so that one which
 * is too old is told so in a sentence instead of an {@link UnsupportedClassVersionError}.
 */
public final class Launcher {
  private static final int OLDEST = 21;

  /** As the command line's own status for a wrong configuration. */
  private static final int CONFIGURATION = 78;

  private Launcher() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    int version = Runtime.version().feature();
    if (version < OLDEST) {
      System.err.println(
          "Expected Java "
              + OLDEST
              + " or newer, but "
              + System.getProperty("java.home")
              + " is Java "
              + version
              + ". Call a newer one by its full path, as in: /usr/lib/jvm/<newer>/bin/java -jar"
              + " ...");
      System.exit(CONFIGURATION);
    }
    Class.forName("com.phonemos.scim.engine.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
