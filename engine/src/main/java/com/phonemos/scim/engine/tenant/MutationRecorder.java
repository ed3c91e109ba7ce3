package com.phonemos.scim.engine.tenant;

/** What the write path tells whoever measures it. */
public interface MutationRecorder {
  /** For those who do not measure. */
  MutationRecorder NONE = new MutationRecorder() {};

  /** A command was turned away because its tenant's mailbox was full. */
  default void mailboxFull() {}

  /** How many commands wait in this shard, after it changed. */
  default void waiting(int shard, int commands) {}

  /** A command left its mailbox after this long. */
  default void waited(long nanos) {}

  /** A batch was committed or has failed. */
  default void transaction(int commands, long nanos, boolean committed) {}

  /**
   * A command was answered.
   *
   * @param type {@code create}, {@code replace}, {@code patch} or {@code delete}
   * @param outcome {@code written}, {@code deleted} or {@code rejected}
   */
  default void command(String type, String outcome) {}
}
