package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes from a client or the file is read as it is, or refused. */
class BsonCodecTest {
  private static final int DAMAGES = 50_000;

  private static Document document() {
    return new Document("_id", new ObjectId(new byte[12]))
        .append("text", "ä€😀\0x")
        .append("number", 1L << 60)
        .append("decimal", Decimal128.ONE)
        .append("at", Instant.ofEpochMilli(1))
        .append("uuid", new UUID(1, 2))
        .append("encrypted", new TypedBinary((byte) 6, "\1\377"))
        .append("list", List.of(1, true, new Document("nothing", null), List.of(1.5)));
  }

  @Test
  void aDocumentComesBackUnchanged() {
    assertThat(BsonCodec.document(BsonCodec.bytes(document()))).isEqualTo(document());
  }

  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = BsonCodec.bytes(document());

    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        BsonCodec.document(damaged);
      } catch (Refusal e) {
        assertThat(Refusal.describe(e)).as("seed " + seed).containsEntry("code", 22);
      }
    }
  }

  @Test
  void aDocumentNestedWithoutEndIsRefused() {
    Document nested = new Document();
    for (int i = 0; i < 300; i++) {
      nested = new Document("d", nested);
    }
    byte[] bytes = BsonCodec.bytes(nested);

    assertThatThrownBy(() -> BsonCodec.document(bytes))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("nested deeper");
  }
}
