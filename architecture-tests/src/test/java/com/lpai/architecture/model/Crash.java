package com.lpai.architecture.model;

/**
 * The process dies. Of this kind, since whoever catches everything lets a fault of the machine
 * pass.
 */
final class Crash extends VirtualMachineError {
  private static final long serialVersionUID = 1;

  Crash() {
    super("the process died");
  }
}
