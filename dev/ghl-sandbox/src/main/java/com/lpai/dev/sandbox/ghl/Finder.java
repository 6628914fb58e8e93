package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import java.util.Optional;

/** Finds the record that a call is about. */
final class Finder {
  private final World world;

  Finder(World world) {
    this.world = world;
  }

  /**
   * The record of the token's location; 403 when it is another location's, else as records that are
   * missing are answered.
   *
   * @param what how GoHighLevel's text calls it
   */
  Item require(Call call, Kind kind, String id, String what) {
    Optional<Item> found = world.of(kind, call.grant().locationId()).find(id);
    if (found.isPresent()) {
      return found.get();
    }
    if (world.all(kind).findAnywhere(id).isPresent()) {
      throw new Refused(Errors.forbidden());
    }
    throw new Refused(missing(id, what));
  }

  Reply missing(String id, String what) {
    return Errors.notFound(
        world.settings().get(Settings.NOT_FOUND_STATUS), what + " with id " + id + " not found");
  }
}
