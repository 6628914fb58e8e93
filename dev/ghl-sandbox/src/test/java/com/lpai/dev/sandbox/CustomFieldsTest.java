package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomFieldsTest extends Sandboxed {
  private static final String FIELDS = "/locations/location1/customFields";
  private static final String VALUES = "/locations/location1/customValues";

  private List<JsonObject> list(String query) {
    return user()
        .get(FIELDS + query)
        .json()
        .getJsonArray("customFields")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject make(String body) {
    return user().post(FIELDS, body).json().getJsonObject("customField");
  }

  @Nested
  class Fields {
    @Test
    void areListedByModelInTheirOrder() {
      assertThat(list("?model=contact"))
          .extracting(it -> it.getString("fieldKey"))
          .containsExactly("contact.boiler_model", "contact.preferred_day", "contact.roof_age");
      assertThat(list("?model=opportunity"))
          .extracting(it -> it.getString("dataType"))
          .containsExactly("TEXT", "DATE", "MONETORY", "NUMERICAL", "MULTIPLE_OPTIONS");
      assertThat(list("?model=all")).hasSize(8);
    }

    @Test
    void withoutAModelThereMayBeSomeOrAll() {
      assertThat(list("")).hasSize(3);
      sandbox.control("PUT", "/sandbox/settings", "{\"customFieldsWithoutModel\":\"all\"}");
      assertThat(list("")).hasSize(8);
    }

    @Test
    void aKeyIsMadeFromTheNameWithThePrefixOfTheModel() {
      Reply reply =
          user()
              .post(
                  FIELDS,
                  """
                  {"name":"Project Title (2)","dataType":"TEXT","model":"opportunity",
                   "position":100}""");

      assertThat(reply.status()).isEqualTo(201);
      JsonObject field = reply.json().getJsonObject("customField");
      assertThat(field.getString("fieldKey")).isEqualTo("opportunity.project_title_2");
      assertThat(field.getInt("position")).isEqualTo(100);
      assertThat(make("{\"name\":\"Age\",\"dataType\":\"NUMERICAL\"}").getString("fieldKey"))
          .isEqualTo("contact.age");
    }

    @Test
    void aKeyOfItsOwnIsTakenThoughUndocumented() {
      assertThat(
              make("""
                      {"name":"Anything","dataType":"TEXT","model":"opportunity",
                       "fieldKey":"opportunity.project_title","description":"d"}""")
                  .getString("fieldKey"))
          .isEqualTo("opportunity.project_title");
    }

    @Test
    void aKeyThatIsTakenIsChangedOrRefused() {
      String body = "{\"name\":\"Roof Age\",\"dataType\":\"TEXT\"}";

      assertThat(make(body).getString("fieldKey")).isEqualTo("contact.roof_age_1");
      assertThat(make(body).getString("fieldKey")).isEqualTo("contact.roof_age_2");
      sandbox.control("PUT", "/sandbox/settings", "{\"customFieldClash\":\"refuse\"}");
      assertThat(user().post(FIELDS, body).status()).isEqualTo(400);
    }

    @Test
    void oneIsReadByIdAndByKey() {
      JsonObject field = list("?model=contact").getFirst();

      assertThat(
              user().get(FIELDS + "/" + field.getString("id")).json().getJsonObject("customField"))
          .isEqualTo(field);
      assertThat(user().get(FIELDS + "/contact.boiler_model").json().getJsonObject("customField"))
          .isEqualTo(field);
      assertThat(user().get(FIELDS + "/none").status()).isEqualTo(404);
    }

    @Test
    void anotherNameLeavesTheKey() {
      String path = FIELDS + "/" + list("?model=contact").getFirst().getString("id");

      JsonObject field =
          user()
              .put(path, "{\"name\":\"Heater\",\"placeholder\":\"p\"}")
              .json()
              .getJsonObject("customField");

      assertThat(field.getString("name")).isEqualTo("Heater");
      assertThat(field.getString("fieldKey")).isEqualTo("contact.boiler_model");
      assertThat(field.getString("placeholder")).isEqualTo("p");
      assertThat(user().delete(path).json().getBoolean("succeded")).isTrue();
      assertThat(list("?model=contact")).hasSize(2);
    }

    @Test
    void optionsAndFilesAreReadUnderOtherNames() {
      JsonObject field =
          make(
              """
              {"name":"Photos","dataType":"FILE_UPLOAD","acceptedFormat":[".png"],
               "isMultipleFile":true,"maxNumberOfFiles":4,
               "textBoxListOptions":[{"label":"a","prefillValue":""}]}""");

      assertThat(field.getBoolean("isMultiFileAllowed")).isTrue();
      assertThat(field.getInt("maxFileLimit")).isEqualTo(4);
      assertThat(field.getJsonArray("picklistOptions").toString()).isEqualTo("[\"a\"]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"dataType\":\"TEXT\"} | name should not be empty",
          "{\"name\":\"n\"} | dataType should not be empty",
          "{\"name\":\"n\",\"dataType\":\"MONETARY\"} | dataType must be one of",
          "{\"name\":\"n\",\"dataType\":\"TEXT\",\"model\":\"user\"} | model must be one of",
          "{\"name\":\"n\",\"dataType\":\"TEXT\",\"key\":\"k\"} | property key should not exist",
          "{\"name\":\"n\",\"dataType\":\"TEXT\",\"locationId\":\"l\"} | property locationId should",
          "{\"name\":\"n\",\"dataType\":\"TEXT\",\"textBoxListOptions\":[1]} | textBoxListOptions"
        })
    void aWrongOneIsRefused(String body, String message) {
      Reply reply = user().post(FIELDS, body);

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.messages()).first().asString().contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?locationId=location1", "?model=user"})
    void aWrongParameterIsRefused(String query) {
      assertThat(user().get(FIELDS + query).status()).isEqualTo(422);
    }

    @Test
    void anotherLocationIs403() {
      assertThat(user().get("/locations/other/customFields?model=all").status()).isEqualTo(403);
      assertThat(user().get("/locations/other/customValues").status()).isEqualTo(403);
    }
  }

  @Nested
  class Values {
    @Test
    void areWrittenAndReadWithTheirMergeTag() {
      Reply made = user().post(VALUES, "{\"name\":\"Owner's Name\",\"value\":\"Ann\"}");

      assertThat(made.status()).isEqualTo(201);
      JsonObject value = made.json().getJsonObject("customValue");
      assertThat(value.getString("fieldKey")).isEqualTo("{{ custom_values.owner_s_name }}");
      String path = VALUES + "/" + value.getString("id");
      assertThat(user().get(path).json().getJsonObject("customValue")).isEqualTo(value);
      assertThat(user().get(VALUES).json().getJsonArray("customValues")).hasSize(4);
      user().put(path, "{\"name\":\"Owner\",\"value\":\"\"}");
      assertThat(user().get(path).json().getJsonObject("customValue").getString("value")).isEmpty();
      assertThat(user().delete(path).json().getBoolean("succeded")).isTrue();
      assertThat(user().get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"name\":\"n\"}",
          "{\"name\":\"n\",\"value\":1}",
          "{\"name\":\"n\",\"value\":\"v\",\"x\":1}"
        })
    void aWrongOneIsRefused(String body) {
      assertThat(user().post(VALUES, body).status()).isEqualTo(422);
    }
  }
}
