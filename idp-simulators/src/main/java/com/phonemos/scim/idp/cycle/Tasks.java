package com.phonemos.scim.idp.cycle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of a provider that acts on events: what failed waits for an administrator's retry. */
public final class Tasks {
  /** What a task does for one object. */
  @FunctionalInterface
  public interface Task {
    /** Runs it. */
    void run() throws RequestFailed;
  }

  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /**
   * Runs a task and remembers whether it failed.
   *
   * @param subject the object, by its id in the directory
   */
  public void run(String subject, CycleLog log, Task task) {
    try {
      task.run();
      failed.remove(subject);
    } catch (RequestFailed failure) {
      failed.add(subject);
      log.problem(subject, failure.reason());
    }
  }

  /** Whether the object's last task failed. */
  public boolean failed(String subject) {
    return failed.contains(subject);
  }

  /** The objects whose last task failed. */
  public Set<String> failed() {
    return Set.copyOf(failed);
  }
}
