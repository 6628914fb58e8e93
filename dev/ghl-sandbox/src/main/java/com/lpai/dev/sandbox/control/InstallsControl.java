package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.ghl.Consent;
import com.lpai.dev.sandbox.ghl.Marketplace;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Installs and uninstalls, of locations and of companies. */
final class InstallsControl implements ControlArea {
  private final World world;
  private final App app;
  private final Operator operator;

  InstallsControl(World world, App app, Operator operator) {
    this.world = world;
    this.app = app;
    this.operator = operator;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("POST", "/sandbox/installs", (request, path) -> install(request));
    router.add("DELETE", "/sandbox/installs/{id}", this::uninstall);
    router.add("DELETE", "/sandbox/installs", (request, path) -> uninstallCompany(request));
  }

  private Reply install(Request request) {
    StrictJson body = StrictJson.of(request);
    InstallOrder order = InstallOrder.of(body, world, app);
    body.nothingElse();
    try {
      return Reply.json(200, describe(order, operator.install(order)));
    } catch (IOException unreachable) {
      return Replies.error(
          502,
          "The app's callback "
              + app.redirectUri()
              + " gave no answer ("
              + unreachable
              + "). Is the app running?");
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Replies.error(503, "the sandbox is closing");
    }
  }

  private JsonObject describe(InstallOrder order, Operator.Installed installed) {
    Consent consent = order.consent();
    JsonObjectBuilder answer = JsonText.object();
    if (consent.kind() == Consent.Kind.LOCATION) {
      answer.add("locationId", consent.locationIds().getFirst());
    } else {
      answer
          .add("companyId", consent.companyId())
          .add("locations", JsonText.array(consent.locationIds()));
    }
    answer.add("webhooks", installed.webhooks());
    if (order.exchange()) {
      return answer.add("callbackStatus", installed.callbackStatus()).build();
    }
    return answer
        .add("code", installed.code())
        .add("callback", installed.callback().toString())
        .build();
  }

  private Reply uninstall(Request request, Map<String, String> path) {
    String locationId = path.getOrDefault("id", "");
    JsonObject event = operator.uninstall(locationId);
    JsonObjectBuilder answer = JsonText.object().add("locationId", locationId);
    return Reply.json(200, told(request, answer, List.of(event)));
  }

  private Reply uninstallCompany(Request request) {
    String companyId =
        request
            .queryValue("companyId")
            .orElseThrow(() -> new IllegalArgumentException("parameter companyId is required"));
    JsonObjectBuilder answer = JsonText.object().add("companyId", companyId);
    return Reply.json(200, told(request, answer, operator.uninstallCompany(companyId)));
  }

  /** Sends the events, unless they are not wanted now; they can be sent by hand later. */
  private JsonObject told(Request request, JsonObjectBuilder answer, List<JsonObject> events) {
    boolean send = request.queryValue("webhook").map(it -> !it.equals("false")).orElse(true);
    JsonArrayBuilder told = JsonText.array();
    for (JsonObject event : events) {
      JsonObject written = operator.write(Marketplace.UNINSTALL, event);
      if (send) {
        operator.send(written);
      }
      JsonObjectBuilder payload = JsonText.object(written);
      payload.remove("type");
      told.add(JsonText.object().add("type", Marketplace.UNINSTALL).add("payload", payload));
    }
    return answer
        .add("sent", send ? JsonValue.TRUE : JsonValue.FALSE)
        .add("webhooks", told)
        .build();
  }
}
