package com.lpai.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.UuidRepresentation;

/** What clients with these settings send to the server, word for word and in order. */
public final class RecordedCommands implements CommandListener {
  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

  private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

  public MongoClientSettings settings(String uri) {
    return builder(uri).build();
  }

  /** The same, with one more that hears of each command. */
  public MongoClientSettings settings(String uri, CommandListener too) {
    return builder(uri).addCommandListener(too).build();
  }

  private MongoClientSettings.Builder builder(String uri) {
    return MongoClientSettings.builder()
        .applyConnectionString(new ConnectionString(uri))
        .uuidRepresentation(UuidRepresentation.STANDARD)
        .addCommandListener(this);
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    commands.add(event.getCommand().clone());
  }

  public void clear() {
    commands.clear();
  }

  public List<BsonDocument> all() {
    return List.copyOf(commands);
  }

  /** Those that change something, as a client may send them again. */
  public List<BsonDocument> writes() {
    List<BsonDocument> writes = new ArrayList<>();
    for (BsonDocument command : commands) {
      if (WRITES.contains(command.getFirstKey())) {
        BsonDocument again = command.clone();
        again.keySet().removeIf(key -> key.startsWith("$") || key.equals("lsid"));
        again.remove("txnNumber");
        writes.add(again);
      }
    }
    return writes;
  }
}
