package com.lpai.dev.wire;

/** Where on its way a command is. */
enum Stage {
  /** The proxy has it; the far side knows nothing of it. */
  RECEIVED,
  /** The far side has it, and may be doing it. */
  FORWARDED,
  /** The far side has done it; the proxy has the reply, the client has not. */
  REPLIED
}
