package com.lpai.domain.testing;

/**
 * What a test lets happen just before the next write of a fake: another's, or the process's end.
 */
public final class NextWrite {
  private Runnable happening = () -> {};

  public void isPrecededBy(Runnable once) {
    happening = once;
  }

  /** The fake is about to write. */
  public void happens() {
    Runnable now = happening;
    happening = () -> {};
    now.run();
  }
}
