package com.lpai.adapter.ghl;

import com.lpai.adapter.ghl.appointment.GhlAppointments;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.call.SingleCalls;
import com.lpai.adapter.ghl.client.GhlCalendarsClient;
import com.lpai.adapter.ghl.client.GhlCompaniesClient;
import com.lpai.adapter.ghl.client.GhlContactsClient;
import com.lpai.adapter.ghl.client.GhlConversationsClient;
import com.lpai.adapter.ghl.client.GhlLocationsClient;
import com.lpai.adapter.ghl.client.GhlOAuthClient;
import com.lpai.adapter.ghl.client.GhlOpportunitiesClient;
import com.lpai.adapter.ghl.client.GhlUsersClient;
import com.lpai.adapter.ghl.client.RestClients;
import com.lpai.adapter.ghl.contact.GhlContacts;
import com.lpai.adapter.ghl.conversation.GhlConversations;
import com.lpai.adapter.ghl.conversation.GhlOutgoingMessages;
import com.lpai.adapter.ghl.directory.GhlCalendars;
import com.lpai.adapter.ghl.directory.GhlCustomFields;
import com.lpai.adapter.ghl.directory.GhlCustomValues;
import com.lpai.adapter.ghl.directory.GhlPipelines;
import com.lpai.adapter.ghl.directory.GhlUsers;
import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.adapter.ghl.limit.CallLimits;
import com.lpai.adapter.ghl.location.GhlLocations;
import com.lpai.adapter.ghl.oauth.GhlCompanies;
import com.lpai.adapter.ghl.oauth.GhlOAuth;
import com.lpai.adapter.ghl.oauth.OAuthSettings;
import com.lpai.adapter.ghl.opportunity.GhlOpportunities;
import com.lpai.adapter.ghl.phone.LibPhoneNumbers;
import com.lpai.adapter.ghl.proof.GhlTokenProof;
import com.lpai.adapter.ghl.webhook.GhlWebhookAuthenticator;
import com.lpai.adapter.ghl.webhook.GhlWebhookDecoder;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.connection.TokenType;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.PhoneNumbers;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CrmCustomValues;
import com.lpai.domain.directory.CrmPipelines;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The one door to GoHighLevel. What needs no token is made by static methods, since tokens come
 * from the application, which stands on {@link #oauth}.
 */
public final class GhlAdapter implements AutoCloseable {
  /** Connect and answer together stay within the five seconds that a refresh may take (spec 3). */
  private static final Duration TOKEN_CONNECT = Duration.ofSeconds(1);

  private static final Duration TOKEN_READ = Duration.ofSeconds(3);

  private static final Duration TOKEN_BODY = Duration.ofSeconds(1);

  private final List<Object> clients = new ArrayList<>();
  private final CrmContacts contacts;
  private final CrmLocations locations;
  private final CrmUsers users;
  private final CrmOpportunities opportunities;
  private final CrmPipelines pipelines;
  private final CrmCalendars calendars;
  private final CrmAppointments appointments;
  private final CrmCustomFields customFields;
  private final CrmCustomValues customValues;
  private final CrmConversations conversations;
  private final CrmOutgoingMessages outgoingMessages;

  private GhlAdapter(GhlSettings settings, GhlCalls<LocationId> calls) {
    GhlContactsClient contactsClient = open(GhlContactsClient.class, settings);
    GhlLocationsClient locationsClient = open(GhlLocationsClient.class, settings);
    GhlUsersClient usersClient = open(GhlUsersClient.class, settings);
    GhlOpportunitiesClient opportunitiesClient = open(GhlOpportunitiesClient.class, settings);
    GhlCalendarsClient calendarsClient = open(GhlCalendarsClient.class, settings);
    GhlConversationsClient conversationsClient = open(GhlConversationsClient.class, settings);
    this.contacts = new GhlContacts(contactsClient, calls, settings.searchPageSize());
    this.locations = new GhlLocations(locationsClient, calls);
    this.users = new GhlUsers(usersClient, calls);
    this.opportunities =
        new GhlOpportunities(opportunitiesClient, calls, settings.searchPageSize());
    this.pipelines = new GhlPipelines(opportunitiesClient, calls);
    this.calendars = new GhlCalendars(calendarsClient, calls);
    this.appointments = new GhlAppointments(calendarsClient, calls);
    this.customFields = new GhlCustomFields(locationsClient, calls);
    this.customValues = new GhlCustomValues(locationsClient, calls);
    this.conversations =
        new GhlConversations(conversationsClient, calls, settings.searchPageSize());
    this.outgoingMessages = new GhlOutgoingMessages(conversationsClient, calls);
  }

  /** A client that is closed with this. */
  private <T> T open(Class<T> area, GhlSettings settings) {
    T client = client(area, settings);
    clients.add(client);
    return client;
  }

  /**
   * GoHighLevel's API.
   *
   * @param gate passed before each call, for example that of {@link #limits}
   */
  public static GhlAdapter of(
      GhlSettings settings, AccessTokens<LocationId> tokens, CallGate<LocationId> gate) {
    return new GhlAdapter(
        settings, new GhlCalls<>(tokens, singleCalls(TokenType.LOCATION, settings, gate)));
  }

  private static <O> SingleCalls<O> singleCalls(
      TokenType type, GhlSettings settings, CallGate<O> gate) {
    return new SingleCalls<>(type, gate, settings.readTimeout().multipliedBy(2));
  }

  /**
   * What a company's token is good for; locations get theirs by it, so it comes first.
   *
   * @param gate that of the companies, for example that of {@link #limits}
   */
  public static GhlCompanies companies(
      GhlSettings settings,
      AccessTokens<CompanyId> tokens,
      CallGate<CompanyId> gate,
      InstantSource time) {
    GhlCompaniesClient quick =
        RestClients.build(
            GhlCompaniesClient.class, settings.apiBaseUri(), TOKEN_CONNECT, TOKEN_READ);
    return new GhlCompanies(
        new GhlCompanies.Way(
            client(GhlCompaniesClient.class, settings),
            new GhlCalls<>(tokens, singleCalls(TokenType.COMPANY, settings, gate))),
        new GhlCompanies.Way(
            quick, new GhlCalls<>(tokens, new SingleCalls<>(TokenType.COMPANY, gate, TOKEN_BODY))),
        settings.appId(),
        time);
  }

  /** Shows a location's token to GoHighLevel; its calls count in the budget. */
  public static GhlTokenProof<LocationId> locationProof(
      GhlSettings settings, CallGate<LocationId> gate) {
    GhlLocationsClient client = client(GhlLocationsClient.class, settings);
    return new GhlTokenProof<>(
        client,
        singleCalls(TokenType.LOCATION, settings, gate),
        GhlLocations.FIND,
        (location, token) -> client.find(token, location.value()));
  }

  /** Shows a company's token to GoHighLevel; its calls count in the budget. */
  public static GhlTokenProof<CompanyId> companyProof(
      GhlSettings settings, CallGate<CompanyId> gate) {
    GhlCompaniesClient client = client(GhlCompaniesClient.class, settings);
    String appId = settings.appId();
    return new GhlTokenProof<>(
        client,
        singleCalls(TokenType.COMPANY, settings, gate),
        GhlCompanies.INSTALLED_LOCATIONS,
        (company, token) ->
            client.installedLocations(token, company.value(), appId, true, "0", "1"));
  }

  /** What the features need of a location and it did not grant. */
  public static ScopeCheck locationScopes(GhlSettings settings) {
    return new ScopeCheck(Feature.neededOfLocation(settings.features()));
  }

  /** What the features need of an agency and it did not grant. */
  public static ScopeCheck companyScopes(GhlSettings settings) {
    return new ScopeCheck(Feature.neededOfCompany(settings.features()));
  }

  public CrmContacts contacts() {
    return contacts;
  }

  public CrmLocations locations() {
    return locations;
  }

  public CrmUsers users() {
    return users;
  }

  public CrmOpportunities opportunities() {
    return opportunities;
  }

  public CrmPipelines pipelines() {
    return pipelines;
  }

  public CrmCalendars calendars() {
    return calendars;
  }

  public CrmAppointments appointments() {
    return appointments;
  }

  public CrmCustomFields customFields() {
    return customFields;
  }

  public CrmCustomValues customValues() {
    return customValues;
  }

  public CrmConversations conversations() {
    return conversations;
  }

  public CrmOutgoingMessages outgoingMessages() {
    return outgoingMessages;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    clients.forEach(RestClients::close);
  }

  /** The OAuth endpoints. */
  public static GhlOAuth oauth(GhlSettings settings, InstantSource time) {
    GhlOAuthClient client =
        RestClients.build(GhlOAuthClient.class, settings.apiBaseUri(), TOKEN_CONNECT, TOKEN_READ);
    return new GhlOAuth(
        client,
        new OAuthSettings(
            settings.oauthBaseUri(),
            settings.clientId(),
            settings.clientSecret(),
            settings.redirectUri(),
            settings.scopes()),
        time);
  }

  /**
   * What all calls pass: the budgets that instances share, and the circuit breakers.
   *
   * @param instance tells this instance from all others
   */
  public static CallLimits limits(
      GhlSettings settings, CallLimits.Shared shared, String instance, InstantSource time) {
    return new CallLimits(
        settings.limits(), shared, settings.apiBaseUri().getHost(), instance, time);
  }

  /**
   * Who signed a webhook.
   *
   * @throws IllegalArgumentException when the configured keys cannot be read
   */
  public static WebhookAuthenticator webhookAuthenticator(GhlSettings settings) {
    return GhlWebhookAuthenticator.of(
        settings.webhookPublicKeys(), settings.acceptLegacySignatures());
  }

  public static WebhookDecoder webhookDecoder() {
    return new GhlWebhookDecoder();
  }

  public static PhoneNumbers phoneNumbers() {
    return new LibPhoneNumbers();
  }

  private static <T> T client(Class<T> area, GhlSettings settings) {
    return RestClients.build(
        area, settings.apiBaseUri(), settings.connectTimeout(), settings.readTimeout());
  }
}
