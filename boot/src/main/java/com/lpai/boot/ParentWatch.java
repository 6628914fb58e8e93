package com.lpai.boot;

/** In evaluation mode the server ends with the launcher that started it, however that ended. */
final class ParentWatch {
  private ParentWatch() {}

  /**
   * Begins to watch.
   *
   * @param parentPid the launcher's process; 0 when nobody is to be watched
   */
  static void endWith(long parentPid) {
    if (parentPid != 0) {
      Thread.ofPlatform().daemon().name("lpai-parent-watch").start(() -> watch(parentPid));
    }
  }

  private static void watch(long parentPid) {
    ProcessHandle.of(parentPid).ifPresent(parent -> parent.onExit().join());
    System.exit(0);
  }
}
