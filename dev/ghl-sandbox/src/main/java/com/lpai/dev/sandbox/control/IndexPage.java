package com.lpai.dev.sandbox.control;

import static com.lpai.dev.sandbox.http.Html.escaped;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Html;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a person sees who opens the sandbox in a browser. */
final class IndexPage {
  private static final String SCRIPT =
      """
      <script>
      const said = document.getElementById('said');
      document.querySelectorAll('button[data-location], button[data-company]').forEach(button =>
        button.addEventListener('click', async () => {
          button.disabled = true;
          said.textContent = 'Installing …';
          const response = await fetch('/sandbox/installs', {method: 'POST',
            headers: {'Content-Type': 'application/json'},
            body: JSON.stringify(button.dataset.company
              ? {companyId: button.dataset.company, futureLocations: true}
              : {locationId: button.dataset.location})});
          const answer = await response.json();
          said.textContent = response.ok
            ? 'The app’s callback answered ' + answer.callbackStatus + '. ' +
              (answer.callbackStatus < 400 ? 'Look at its console now.' : 'Look at its log.')
            : answer.message;
          button.disabled = false;
        }));
      </script>
      """;

  private IndexPage() {}

  static Reply of(World world, App app) {
    String rows =
        companies(world)
            + world.locations().stream()
                .map(location -> row(world, location))
                .collect(Collectors.joining());
    String table =
        rows.isEmpty()
            ? "<p>There is no location yet. Make one:</p><pre>curl -X POST"
                + " localhost:…/sandbox/locations \\\n  -d"
                + " '{\"locationId\":\"loc1\",\"contacts\":100}'</pre>"
            : "<table><thead><tr><th>Location</th><th>Contacts</th><th>App</th><th></th></tr></thead><tbody>"
                + rows
                + "</tbody></table>";
    return Reply.html(
        200,
        Html.page(
            "GoHighLevel sandbox",
            """
            <h1>GoHighLevel sandbox</h1>
            <p>It speaks GoHighLevel’s API on this machine, with made-up data, so that the app can
            be tried without an account. The clock here shows <code>%s</code>.</p>
            <p class="note" id="said" role="status">Install the app in a location to begin.</p>
            %s
            <p><small>App <code>%s</code>, callback <code>%s</code>, webhooks to
            <code>%s</code></small></p>
            <p>Look at: <a href="/sandbox/locations">locations</a> ·
            <a href="/sandbox/calls">calls</a> · <a href="/sandbox/webhooks">webhooks</a> ·
            <a href="/sandbox/faults">faults</a> · <a href="/sandbox/clock">clock</a> ·
            <a href="/sandbox/settings">settings</a> · <a href="/sandbox/keys">keys</a></p>
            %s"""
                .formatted(
                    IsoTime.of(world.clock().instant()),
                    table,
                    escaped(app.clientId()),
                    escaped(app.redirectUri().toString()),
                    escaped(app.webhookUrl().toString()),
                    SCRIPT)));
  }

  private static String row(World world, JsonObject location) {
    String id = location.getString("id");
    return """
        <tr><td><strong>%s</strong><br><small>%s</small></td><td>%d</td><td>%s</td>
        <td><button class="main" data-location="%s">Install</button></td></tr>
        """
        .formatted(
            escaped(location.getString("name")),
            escaped(id),
            world.of(Kind.CONTACTS, id).size(),
            world.installs().has(id) ? "installed" : "not installed",
            escaped(id));
  }

  /** A company of one location is not worth a row. */
  private static String companies(World world) {
    Map<String, Long> sizes =
        world.locations().stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.getString("companyId"), TreeMap::new, Collectors.counting()));
    return sizes.entrySet().stream()
        .filter(it -> it.getValue() > 1)
        .map(it -> company(world, it.getKey(), it.getValue()))
        .collect(Collectors.joining());
  }

  private static String company(World world, String companyId, long locations) {
    return """
        <tr><td><strong>All of %s</strong><br><small>%d locations, and later ones</small></td>
        <td></td><td>%s</td>
        <td><button class="main" data-company="%s">Install</button></td></tr>
        """
        .formatted(
            escaped(companyId),
            locations,
            world.installs().ofCompany(companyId).isPresent() ? "installed" : "not installed",
            escaped(companyId));
  }
}
