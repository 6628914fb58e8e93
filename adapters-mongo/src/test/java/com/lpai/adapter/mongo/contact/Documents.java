package com.lpai.adapter.mongo.contact;

import com.mongodb.MongoClientSettings;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.Document;
import org.bson.codecs.DecoderContext;

/** Documents as the driver hands them out after they were stored. */
final class Documents {
  private Documents() {}

  static Document throughBson(Document document) {
    BsonDocument bson =
        document.toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
    return MongoClientSettings.getDefaultCodecRegistry()
        .get(Document.class)
        .decode(new BsonDocumentReader(bson), DecoderContext.builder().build());
  }
}
