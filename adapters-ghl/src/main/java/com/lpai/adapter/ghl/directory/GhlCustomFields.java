package com.lpai.adapter.ghl.directory;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlLocationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomField.Model;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.NewCustomField;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** GoHighLevel's custom fields of contacts and opportunities over HTTP (ghl-facts.md 3.5). */
public final class GhlCustomFields implements CrmCustomFields {
  private static final String PATH = "/locations/{locationId}/customFields";
  private static final String RECORD = "custom field";
  private static final Operation LIST =
      new Operation("GET", PATH, Effect.READ, RECORD, "locations/customFields.readonly");
  private static final Operation CREATE =
      new Operation("POST", PATH, Effect.CREATE, RECORD, "locations/customFields.write");

  private final GhlLocationsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlCustomFields(GhlLocationsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<List<CustomField>> list(
      LocationId locationId, Model model, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        LIST,
        token -> client.customFields(token, locationId.value(), word(model)),
        answer -> Records.listed(locationId, answer, "customFields", field -> field(field, model)));
  }

  @Override
  public CrmResult<CustomField> create(
      LocationId locationId, NewCustomField field, CallPriority priority) {
    String body =
        JSON.createObjectBuilder()
            .add("name", field.name())
            .add("dataType", field.dataType())
            .add("position", field.position())
            .add("model", word(field.model()))
            .build()
            .toString();
    return calls.call(
        locationId,
        priority,
        CREATE,
        token -> client.createCustomField(token, locationId.value(), body),
        answer ->
            Records.wrapped(locationId, answer, "customField")
                .flatMap(created -> field(created, field.model())));
  }

  /** One of the model that was asked for; one that tells another model is left out. */
  private static Optional<CustomField> field(JsonObject field, Model model) {
    String told = JsonReads.text(field, "model");
    if (!told.isEmpty() && !told.equals(word(model))) {
      return Optional.empty();
    }
    return Records.id(field, "id", GhlCustomFieldId::new)
        .map(
            id ->
                new CustomField(
                    id,
                    model,
                    JsonReads.text(field, "name"),
                    JsonReads.text(field, "fieldKey"),
                    JsonReads.text(field, "dataType"),
                    JsonReads.count(field, "position").orElse(0),
                    options(field)));
  }

  /** What may be chosen: texts, or for a list of text boxes objects with a label. */
  private static List<String> options(JsonObject field) {
    return JsonReads.list(field, "picklistOptions").stream()
        .map(GhlCustomFields::option)
        .filter(option -> !option.isEmpty())
        .toList();
  }

  private static String option(JsonValue option) {
    return switch (option) {
      case JsonString text -> text.getString();
      case JsonObject object -> JsonReads.text(object, "label");
      default -> "";
    };
  }

  private static String word(Model model) {
    return model.name().toLowerCase(Locale.ROOT);
  }
}
