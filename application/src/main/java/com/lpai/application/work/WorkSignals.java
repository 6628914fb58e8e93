package com.lpai.application.work;

/**
 * Tells the workers of this instance that there is work, so that it starts within milliseconds. A
 * lost signal loses nothing: workers also look for themselves.
 */
public interface WorkSignals {
  /** Nobody listens: work is found by looking. */
  WorkSignals SILENT =
      new WorkSignals() {
        @Override
        public void pushDue() {}

        @Override
        public void webhookStored() {}

        @Override
        public void setupRequested() {}

        @Override
        public void choresDue() {}
      };

  /** A record has something to tell the CRM. */
  void pushDue();

  /** An event waits in the queue. */
  void webhookStored();

  /** A setup waits to be run. */
  void setupRequested();

  /** Tokens, discoveries or other chores may be due. */
  void choresDue();
}
