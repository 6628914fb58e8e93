package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.ghl.GhlApi;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** {@code /sandbox/…}: described with examples in the module's README. */
public final class ControlApi {
  private final Router<ControlArea.Operation> router = new Router<>();

  public ControlApi(
      World world, App app, Operator operator, GhlApi ghl, Faults faults, Webhooks webhooks) {
    List<ControlArea> areas =
        List.of(
            new WorldControl(world, app),
            new LocationsControl(world, operator),
            new RecordsControl(world, operator, ghl.recordViews()),
            new InstallsControl(world, app, operator),
            new TokensControl(world, operator),
            new TrafficControl(ghl.callLog(), faults),
            new WebhooksControl(webhooks));
    areas.forEach(area -> area.addTo(router));
  }

  /** Whether a path is ours rather than GoHighLevel's. */
  public static boolean serves(String path) {
    return path.equals("/") || path.equals("/sandbox") || path.startsWith("/sandbox/");
  }

  /** Reads a list of faults as {@code PUT /sandbox/faults} takes it. */
  public static List<Fault> faultsOf(JsonValue body) {
    return TrafficControl.faultsOf(body);
  }

  /** Answers a request; what is wrong with it is said in a 400. */
  public Reply answer(Request request) {
    try {
      return router
          .match(request.method(), request.path())
          .map(it -> it.target().run(request, it.variables()))
          .orElseGet(
              () ->
                  Replies.error(
                      404, "no such control call: " + request.method() + " " + request.path()));
    } catch (Refused refused) {
      return refused.reply();
    } catch (IllegalArgumentException mistake) {
      return Replies.error(400, message(mistake));
    } catch (IllegalStateException conflict) {
      return Replies.error(409, message(conflict));
    }
  }

  private static String message(RuntimeException failure) {
    return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
  }
}
