package com.lpai.boot;

/** In evaluation mode the server ends with the launcher that started it, however that ended. */
final class ParentWatch {
  private ParentWatch() {}

  static void endWith(long parentPid) {
    if (parentPid == 0) {
      return;
    }
    ProcessHandle.of(parentPid)
        .ifPresentOrElse(
            parent -> parent.onExit().thenRun(() -> System.exit(0)),
            () -> new Thread(() -> System.exit(0), "lpai-parent-gone").start());
  }
}
