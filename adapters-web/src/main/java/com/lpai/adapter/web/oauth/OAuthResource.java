package com.lpai.adapter.web.oauth;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.api.SetupAnswers;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.problem.ProblemPage;
import com.lpai.adapter.web.security.Open;
import com.lpai.adapter.web.security.TokenIssuer;
import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.connection.InstallAppUseCase.Outcome;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Installing the app: to GoHighLevel's consent page, and back. */
@Path("oauth")
@Open("the state bound to the browser, or GoHighLevel's code")
@Dependent
public class OAuthResource {
  private static final System.Logger LOG = System.getLogger(OAuthResource.class.getName());
  private static final String STATE_COOKIE = "lpai-oauth-state";
  private static final int STATE_SECONDS = 600;
  private static final Duration TICKET_LIFE = Duration.ofHours(1);
  private static final int LONGEST = 4_096;

  private final InstallAppUseCase installing;
  private final TokenIssuer tokens;
  private final WebSettings settings;
  private final SetupAnswers answers;

  @Inject
  public OAuthResource(InstallAppUseCase installing, TokenIssuer tokens, WebSettings settings) {
    this.installing = installing;
    this.tokens = tokens;
    this.settings = settings;
    this.answers = new SetupAnswers(settings);
  }

  /** Sends the browser to the consent page. */
  @GET
  @Path("install")
  public Response install() {
    InstallAppUseCase.Begun begun = installing.begin();
    return Response.status(Response.Status.FOUND)
        .location(begun.consentPage())
        .cookie(stateCookie(begun.state(), STATE_SECONDS))
        .build();
  }

  /** Where the consent page sends the browser. */
  @GET
  @Path("callback")
  public Response callback(
      @QueryParam("code") @DefaultValue("") String code,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("error") @DefaultValue("") String error,
      @Context HttpHeaders headers) {
    boolean asJson = wantsJson(headers);
    if (!error.isEmpty()) {
      return failed(OAuthFailure.ofError(error), asJson);
    }
    if (code.isBlank() || code.length() > LONGEST || state.length() > LONGEST) {
      return failed(OAuthFailure.CODE_MISSING, asJson);
    }
    Cookie cookie = headers.getCookies().get(STATE_COOKIE);
    Outcome outcome;
    try {
      outcome =
          installing.complete(new Secret(code), state, cookie == null ? "" : cookie.getValue());
    } catch (StorageUnavailableException away) {
      LOG.log(
          System.Logger.Level.WARNING,
          "An installation could not be stored: {0}",
          away.getMessage());
      return failed(OAuthFailure.DATABASE_AWAY, asJson);
    }
    return switch (outcome) {
      case Outcome.Installed(LocationId location) -> installed(location, asJson);
      case Outcome.StateInvalid invalid -> failed(OAuthFailure.STATE_INVALID, asJson);
      case Outcome.CodeRefused refused -> failed(OAuthFailure.CODE_REFUSED, asJson);
      case Outcome.InstalledForCompany(CompanyId company) -> installed(company, asJson);
      case Outcome.TryAgain again -> failed(OAuthFailure.CRM_AWAY, asJson);
      case Outcome.Misconfigured(String message) -> {
        LOG.log(
            System.Logger.Level.ERROR,
            "GoHighLevel refuses our client id, secret or redirect address: {0}",
            message);
        yield failed(OAuthFailure.MISCONFIGURED, asJson);
      }
    };
  }

  private Response installed(CompanyId company, boolean asJson) {
    Response.ResponseBuilder response =
        asJson
            ? Response.ok(
                    JSON.createObjectBuilder().add("companyId", company.value()).build().toString())
                .type(MediaType.APPLICATION_JSON_TYPE)
            : Response.ok(InstalledPage.with(tokens.companyTicket(company, TICKET_LIFE)))
                .type(ProblemPage.MEDIA_TYPE);
    return response.cookie(stateCookie("", 0)).build();
  }

  private Response installed(LocationId location, boolean asJson) {
    Response.ResponseBuilder response =
        asJson
            ? Response.ok(
                    JSON.createObjectBuilder()
                        .add("locationId", location.value())
                        .add("setup", answers.progress(location).toString())
                        .build()
                        .toString())
                .type(MediaType.APPLICATION_JSON_TYPE)
            : Response.ok(InstalledPage.with(tokens.setupTicket(location, TICKET_LIFE)))
                .type(ProblemPage.MEDIA_TYPE);
    return response.cookie(stateCookie("", 0)).build();
  }

  private Response failed(OAuthFailure failure, boolean asJson) {
    if (asJson) {
      return ProblemException.response(failure.problem());
    }
    return Response.status(failure.problem().status())
        .type(ProblemPage.MEDIA_TYPE)
        // As bytes: RESTEasy escapes the markup of every page of status 400 that is a String.
        .entity(failure.page().getBytes(StandardCharsets.UTF_8))
        .cookie(stateCookie("", 0))
        .build();
  }

  private static boolean wantsJson(HttpHeaders headers) {
    String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
    String given = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    return given.contains("application/json") && !given.contains("text/html");
  }

  private NewCookie stateCookie(String state, int seconds) {
    return new NewCookie.Builder(STATE_COOKIE)
        .value(state)
        .path("/api/oauth")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(settings.isSecure())
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
