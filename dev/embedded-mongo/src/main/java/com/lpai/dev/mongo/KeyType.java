package com.lpai.dev.mongo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.StringDataType;

/**
 * Keys in the file: their length, then all characters in one piece, of one byte each where that is
 * enough. A commit writes changed pages with all their keys; character by character that was a
 * quarter of the engine's work.
 */
final class KeyType extends StringDataType {
  static final KeyType INSTANCE = new KeyType();

  @Override
  public void write(WriteBuffer buffer, String key) {
    byte[] narrow = key.getBytes(ISO_8859_1);
    // Back again rather than character by character: the machine does either in large pieces.
    boolean wide = !new String(narrow, ISO_8859_1).equals(key);
    buffer.putVarInt(key.length() << 1 | (wide ? 1 : 0));
    buffer.put(wide ? twoBytesEach(key) : narrow);
  }

  @Override
  public String read(ByteBuffer buffer) {
    int head = DataUtils.readVarInt(buffer);
    int length = head >>> 1;
    if ((head & 1) == 0) {
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return new String(bytes, ISO_8859_1);
    }
    char[] characters = new char[length];
    buffer.asCharBuffer().get(characters);
    buffer.position(buffer.position() + length * Character.BYTES);
    return new String(characters);
  }

  /** Not by a charset: keys may hold any character, halves of surrogate pairs too. */
  private static byte[] twoBytesEach(String key) {
    ByteBuffer bytes = ByteBuffer.allocate(key.length() * Character.BYTES);
    bytes.asCharBuffer().put(key);
    return bytes.array();
  }
}
