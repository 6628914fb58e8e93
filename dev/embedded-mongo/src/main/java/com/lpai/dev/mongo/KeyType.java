package com.lpai.dev.mongo;

import java.nio.ByteBuffer;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Keys of an ordered map: the values of the indexed fields, each ascending or descending, then the
 * document's _id, always ascending. A map of documents has the _id alone.
 */
final class KeyType extends BasicDataType<Object[]> {
  private static final int MEMORY_PER_VALUE = 64;

  private final boolean[] descending;

  /**
   * @param ascending the direction of each indexed field
   */
  KeyType(List<Boolean> ascending) {
    descending = new boolean[ascending.size() + 1];
    for (int i = 0; i < ascending.size(); i++) {
      descending[i] = !ascending.get(i);
    }
  }

  @Override
  public int compare(Object[] left, Object[] right) {
    return compareFrom(0, left, right);
  }

  /** Compares what follows the first values, of which the caller knows that they are equal. */
  int compareFrom(int first, Object[] left, Object[] right) {
    for (int i = first; i < descending.length; i++) {
      int order = ValueOrder.ASCENDING.compare(left[i], right[i]);
      if (order != 0) {
        return descending[i] ? -order : order;
      }
    }
    return 0;
  }

  @Override
  public int getMemory(Object[] key) {
    int memory = MEMORY_PER_VALUE;
    for (Object value : key) {
      memory += MEMORY_PER_VALUE + (value instanceof String text ? text.length() : 0);
    }
    return memory;
  }

  @Override
  public void write(WriteBuffer buffer, Object[] key) {
    byte[] bytes = BsonWriter.bytes(key);
    buffer.putVarInt(bytes.length).put(bytes);
  }

  @Override
  public Object[] read(ByteBuffer buffer) {
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return BsonReader.values(bytes);
  }

  @Override
  public Object[][] createStorage(int size) {
    return new Object[size][];
  }
}
