package com.lpai.dev.wire;

/**
 * What passed, without any value: an HTTP request or a MongoDB command.
 *
 * @param name the method, or the command: {@code POST}, {@code update}
 * @param target the path without its query, or the collection (empty where a command has none)
 */
public record Command(String name, String target) {
  @Override
  public String toString() {
    return target.isEmpty() ? name : name + " " + target;
  }
}
