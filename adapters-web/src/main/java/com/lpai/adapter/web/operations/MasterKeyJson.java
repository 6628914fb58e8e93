package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.encryption.MasterKeyName;
import com.lpai.domain.encryption.MasterKeyState;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** What operators see of the master keys: names, fingerprints and counts. */
final class MasterKeyJson {
  private MasterKeyJson() {}

  static JsonObject of(MasterKeyState state) {
    JsonArrayBuilder keys = JSON.createArrayBuilder();
    for (MasterKeyState.Share share : state.keys()) {
      keys.add(
          key(share.key())
              .add("wrapsNewDataKeys", share.key().equals(state.current()))
              .add("dataKeys", share.dataKeys()));
    }
    JsonArrayBuilder instances = JSON.createArrayBuilder();
    for (MasterKeyState.Sighting sighting : state.instances()) {
      instances.add(
          JSON.createObjectBuilder()
              .add("name", sighting.instance())
              .add("knows", JSON.createArrayBuilder(sighting.fingerprints()))
              .add("seenAt", sighting.seenAt().toString()));
    }
    return JSON.createObjectBuilder()
        .add("state", state.phase().word())
        .add("remaining", state.remaining())
        .add("unreadable", state.unreadable())
        .add("keys", keys)
        .add("instances", instances)
        .build();
  }

  private static JsonObjectBuilder key(MasterKeyName name) {
    JsonObjectBuilder key =
        JSON.createObjectBuilder()
            .add("provider", name.provider())
            .add("fingerprint", name.fingerprint());
    return name.label().isEmpty() ? key : key.add("name", name.label());
  }
}
