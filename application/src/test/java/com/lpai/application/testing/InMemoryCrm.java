package com.lpai.application.testing;

import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.connection.TokenType;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * GoHighLevel's contacts, users, locations and tokens in memory, with what can go wrong between it
 * and us: failures before and after the effect, and things that happen while a call is on its way.
 */
public final class InMemoryCrm
    implements CrmContacts, CrmUsers, CrmLocations, CrmOAuth, CrmCompanies {
  private static final String COMPANY = "company:";
  private static final CompanyId COMPANY_ID = new CompanyId("company");

  /** One call as it arrived. */
  public record Call(String name, FieldChanges values) {}

  /** What goes wrong with one call. */
  public sealed interface Fault {
    /** Nothing is done, this is the answer. */
    record Refuse(CrmFailure failure) implements Fault {}

    /** All is done, and this is the answer all the same. */
    record LoseAnswer() implements Fault {}

    /** All is done; this happens before the caller hears of it. */
    record Meanwhile(Runnable happening) implements Fault {}
  }

  private record Grant(String owner, TokenType type) {}

  private record Used(Instant at, OAuthAnswer answer) {}

  private final InstantSource time;
  private final Map<LocationId, Map<GhlContactId, Fields>> records = new LinkedHashMap<>();
  private final Map<GhlContactId, Instant> changedAt = new HashMap<>();
  private final Map<String, Runnable> happenings = new HashMap<>();
  private final Map<String, CrmFailure> broken = new HashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> usedCodes = new HashSet<>();
  private final Map<CompanyId, Set<LocationId>> companies = new LinkedHashMap<>();
  private final Map<String, Grant> grants = new HashMap<>();
  private final Map<String, Used> used = new HashMap<>();
  private final Deque<OAuthAnswer> tokenAnswers = new ArrayDeque<>();
  private Optional<TokenProof.Verdict> proofs = Optional.empty();
  private int lostTokenAnswers;
  private final Map<LocationId, CrmFailure> withoutToken = new HashMap<>();
  private final Deque<Fault> createFaults = new ArrayDeque<>();
  private final List<List<User>> userPages = new ArrayList<>(List.of(List.of(user("user1"))));
  private Runnable duringRefresh = () -> {};
  private Runnable duringExchange = () -> {};
  private boolean pagesTellNames = true;
  private boolean leavesOutChannels;
  private int notListed;
  private boolean tellsChangeTimes = true;
  private final Map<LocationId, List<CrmRecord<GhlContactId>>> searchIndex = new HashMap<>();
  private final SentPages<CrmRecord<GhlContactId>> sent = new SentPages<>();
  private int serial;

  public InMemoryCrm(InstantSource time) {
    this.time = time;
  }

  // ---- what a test sets up and looks at

  public GhlContactId has(LocationId locationId, FieldChanges values) {
    GhlContactId id = new GhlContactId("ghl" + ++serial);
    of(locationId).put(id, Fields.NONE.apply(values));
    changedAt.put(id, time.instant());
    return id;
  }

  /** A record that was gone is back under its id. */
  public void hasAgain(LocationId locationId, GhlContactId id, FieldChanges values) {
    of(locationId).put(id, Fields.NONE.apply(values));
  }

  public void edits(LocationId locationId, GhlContactId id, FieldName name, FieldValue value) {
    changed(locationId, id, FieldChanges.of(name, value));
  }

  public void removes(LocationId locationId, GhlContactId id) {
    of(locationId).remove(id);
  }

  /** Every call of this name fails so, until it works again. */
  public void breaks(String name, CrmFailure failure) {
    broken.put(name, failure);
  }

  /** This happens once, while the next call of this name is answered. */
  public void during(String name, Runnable happening) {
    happenings.put(name, happening);
  }

  public int callCount() {
    return calls.size();
  }

  /** How many pages of contacts it gave. */
  public int pagesSent() {
    return sent.count();
  }

  /** How often each call was made, by its name. */
  public Map<String, Long> callCounts() {
    return calls.stream()
        .collect(Collectors.groupingBy(Call::name, TreeMap::new, Collectors.counting()));
  }

  public void worksAgain(String name) {
    broken.remove(name);
  }

  /** A call that no fault of {@link #nextCall} is meant for; it fails while it is broken. */
  <T> CrmResult<T> told(String name, Supplier<T> answer) {
    calls.add(new Call(name, FieldChanges.NONE));
    happens(name);
    CrmFailure always = broken.get(name);
    return always == null ? CrmResult.done(answer.get()) : CrmResult.failed(always);
  }

  private void happens(String name) {
    Runnable happening = happenings.remove(name);
    if (happening != null) {
      happening.run();
    }
  }

  /** The same about one record, that may not be there. */
  <T> CrmResult<T> found(String name, boolean isThere, Supplier<T> answer) {
    if (isThere) {
      return told(name, answer);
    }
    return switch (told(name, () -> name + " not found")) {
      case CrmResult.Done<String>(String why) -> CrmResult.failed(new CrmFailure.NotFound(why));
      case CrmResult.Failed<String>(CrmFailure failure) -> CrmResult.failed(failure);
    };
  }

  public void nextCall(Fault fault) {
    faults.add(fault);
  }

  /** The next create goes wrong, whatever else is called before it. */
  public void nextCreate(Fault fault) {
    createFaults.add(fault);
  }

  /** This happens while a token is refreshed. */
  public void duringRefresh(Runnable happening) {
    duringRefresh = happening;
  }

  /** This happens while a code is exchanged. */
  public void duringExchange(Runnable happening) {
    duringExchange = happening;
  }

  /** Pages tell first names in lower case only, as the CRM's search may do. */
  public void tellsNoNamesInPages() {
    pagesTellNames = false;
  }

  /** Pages show the group of do-not-disturb channels without any of them. */
  public void leavesOutChannelsInPages() {
    leavesOutChannels = true;
  }

  /** From now on its pages tell what is so now. */
  public void searchLags(LocationId locationId) {
    searchIndex.put(locationId, all(locationId));
  }

  public void tellsNoChangeTimes() {
    tellsChangeTimes = false;
  }

  /** Its pages count so many contacts that they do not list. */
  public void countsMoreThanItLists(int more) {
    notListed = more;
  }

  public List<Call> calls(String name) {
    return calls.stream().filter(call -> call.name().equals(name)).toList();
  }

  public Map<GhlContactId, Fields> contactsOf(LocationId locationId) {
    return Map.copyOf(of(locationId));
  }

  /** What an event about this contact carries: the fields it has, nothing of those it has not. */
  public CrmRecord<GhlContactId> event(LocationId locationId, GhlContactId id) {
    FieldChanges present =
        of(locationId).get(id).asChanges().only(name -> !name.isIn(ContactField.DND_SETTINGS));
    return new CrmRecord<>(id, present, Set.of(ContactField.TAGS), Instant.EPOCH);
  }

  private Map<GhlContactId, Fields> of(LocationId locationId) {
    return records.computeIfAbsent(locationId, id -> new LinkedHashMap<>());
  }

  /** A call that a fault of {@link #nextCall} may be meant for. */
  <T> CrmResult<T> call(String name, FieldChanges values, Supplier<CrmResult<T>> effect) {
    calls.add(new Call(name, values));
    happens(name);
    CrmFailure always = broken.get(name);
    if (always != null) {
      return CrmResult.failed(always);
    }
    Fault fault =
        name.startsWith("create") && !createFaults.isEmpty() ? createFaults.poll() : faults.poll();
    if (fault instanceof Fault.Refuse(CrmFailure failure)) {
      return CrmResult.failed(failure);
    }
    CrmResult<T> result = effect.get();
    if (fault instanceof Fault.LoseAnswer) {
      return CrmResult.failed(new CrmFailure.OutcomeUnknown("no answer within 10 s"));
    }
    if (fault instanceof Fault.Meanwhile(Runnable happening)) {
      happening.run();
    }
    return result;
  }

  private static <T> CrmResult<T> unknown(GhlContactId id) {
    return CrmResult.failed(new CrmFailure.NotFound("Contact with id " + id + " not found"));
  }

  private CrmRecord<GhlContactId> complete(LocationId locationId, GhlContactId id) {
    TreeMap<FieldName, FieldValue> all = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      all.put(field.fieldName(), FieldValue.cleared());
    }
    all.putAll(of(locationId).get(id).values());
    return new CrmRecord<>(
        id,
        new FieldChanges(all),
        Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS),
        tellsChangeTimes ? changedAt(id) : Instant.EPOCH);
  }

  // ---- contacts

  @Override
  public CrmResult<SentPage<CrmRecord<GhlContactId>>> fetch(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority) {
    return call(
        "page",
        FieldChanges.NONE,
        () -> {
          List<CrmRecord<GhlContactId>> found =
              Optional.ofNullable(searchIndex.get(locationId))
                  .orElseGet(() -> all(locationId))
                  .stream()
                  .filter(contact -> !changedAt(contact.id()).isBefore(changedSince))
                  .toList();
          int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
          int to = Math.min(found.size(), from + size);
          List<CrmRecord<GhlContactId>> page =
              found.subList(from, to).stream().map(this::inPage).toList();
          String next = to == found.size() ? "" : String.valueOf(to);
          return CrmResult.done(
              sent.send(new CrmPage<>(page, next, found.size() + notListed), size));
        });
  }

  @Override
  public Optional<CrmPage<CrmRecord<GhlContactId>>> read(
      LocationId locationId, String cursor, int size, PageText text) {
    return sent.read(text);
  }

  private List<CrmRecord<GhlContactId>> all(LocationId locationId) {
    return of(locationId).keySet().stream().map(id -> complete(locationId, id)).toList();
  }

  private Instant changedAt(GhlContactId id) {
    return changedAt.getOrDefault(id, time.instant());
  }

  /** A search lists all tags; of the other groups it shows elements, and promises nothing. */
  private CrmRecord<GhlContactId> inPage(CrmRecord<GhlContactId> contact) {
    FieldName firstName = ContactField.FIRST_NAME.fieldName();
    Map<FieldName, String> inLowerCase =
        !pagesTellNames
                && contact.fields().get(firstName).orElseThrow()
                    instanceof FieldValue.Text(String text)
            ? Map.of(firstName, text.toLowerCase(Locale.ROOT))
            : Map.of();
    return new CrmRecord<>(
        contact.id(),
        contact
            .fields()
            .only(
                name -> !inLowerCase.containsKey(name) && !(leavesOutChannels && isChannel(name))),
        Set.of(ContactField.TAGS),
        Set.of(ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS),
        contact.changedAt(),
        inLowerCase);
  }

  private static boolean isChannel(FieldName name) {
    return name.isIn(ContactField.DND_SETTINGS);
  }

  @Override
  public CrmResult<CrmRecord<GhlContactId>> find(
      LocationId locationId, GhlContactId id, CallPriority priority) {
    return call(
        "find",
        FieldChanges.NONE,
        () ->
            of(locationId).containsKey(id)
                ? CrmResult.done(complete(locationId, id))
                : unknown(id));
  }

  @Override
  public CrmResult<GhlContactId> create(LocationId locationId, FieldChanges values) {
    return call("create", values, () -> CrmResult.done(has(locationId, values)));
  }

  @Override
  public CrmResult<GhlContactId> update(
      LocationId locationId, GhlContactId id, FieldChanges values) {
    return call("update", values, () -> changed(locationId, id, values));
  }

  private CrmResult<GhlContactId> changed(
      LocationId locationId, GhlContactId id, FieldChanges values) {
    Fields changed = of(locationId).computeIfPresent(id, (key, fields) -> fields.apply(values));
    changedAt.put(id, time.instant());
    return changed == null ? unknown(id) : CrmResult.done(id);
  }

  @Override
  public CrmResult<GhlContactId> addTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    FieldChanges added = tags(tags, new FieldValue.Flag(true));
    return call("addTags", added, () -> changed(locationId, id, added));
  }

  @Override
  public CrmResult<GhlContactId> removeTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    FieldChanges removed = tags(tags, FieldValue.cleared());
    return call("removeTags", removed, () -> changed(locationId, id, removed));
  }

  private static FieldChanges tags(List<String> tags, FieldValue value) {
    FieldChanges changes = FieldChanges.NONE;
    for (String tag : tags) {
      changes = changes.with(FieldName.element(ContactField.TAGS, tag), value);
    }
    return changes;
  }

  @Override
  public CrmResult<GhlContactId> delete(LocationId locationId, GhlContactId id) {
    return call(
        "delete",
        FieldChanges.NONE,
        () -> of(locationId).remove(id) == null ? unknown(id) : CrmResult.done(id));
  }

  @Override
  public CrmResult<List<CrmRecord<GhlContactId>>> lookUp(
      LocationId locationId, String email, String phone) {
    return call(
        "lookUp",
        FieldChanges.NONE,
        () ->
            CrmResult.done(
                of(locationId).entrySet().stream()
                    .filter(
                        entry ->
                            is(entry.getValue(), ContactField.EMAIL, email)
                                || is(entry.getValue(), ContactField.PHONE, phone))
                    .map(entry -> complete(locationId, entry.getKey()))
                    .toList()));
  }

  private static boolean is(Fields fields, ContactField field, String value) {
    return !value.isEmpty() && fields.text(field.fieldName()).equals(value);
  }

  // ---- users and locations

  public static User user(String id) {
    return new User(new GhlUserId(id), "Sam Agent", "sam@example.com", "user");
  }

  /** The users, page by page; a page may hold nobody. */
  public void hasUsers(List<List<User>> pages) {
    userPages.clear();
    userPages.addAll(pages);
  }

  @Override
  public CrmResult<CrmPage<User>> page(
      LocationId locationId, CompanyId companyId, String cursor, int size, CallPriority priority) {
    int page = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    return told(
        "users",
        () ->
            page < userPages.size()
                ? new CrmPage<>(userPages.get(page), String.valueOf(page + 1), -1)
                : new CrmPage<>(List.of(), "", -1));
  }

  @Override
  public CrmResult<LocationDetails> details(LocationId locationId, CallPriority priority) {
    return told(
        "details", () -> new LocationDetails("Demo", "US", ZoneId.of("America/New_York"), false));
  }

  // ---- tokens

  /** The app is installed in these locations of the company. */
  public void hasCompany(CompanyId company, LocationId... installed) {
    companies.computeIfAbsent(company, any -> new LinkedHashSet<>()).addAll(List.of(installed));
  }

  /** As long as it is not said otherwise, the company's token gives none for this location. */
  public void givesNoToken(LocationId locationId, CrmFailure failure) {
    withoutToken.put(locationId, failure);
  }

  public void givesTokens(LocationId locationId) {
    withoutToken.remove(locationId);
  }

  /** The next calls of the token endpoint are answered so, without any effect. */
  public void nextTokenAnswer(OAuthAnswer answer) {
    tokenAnswers.add(answer);
  }

  /** So many refreshes have their effect, and their answers are lost. */
  public void loseTokenAnswers(int count) {
    lostTokenAnswers = count;
  }

  /** The app is gone from this location as far as GoHighLevel goes: no token works any more. */
  public void revokes(LocationId locationId) {
    grants.values().removeIf(grant -> grant.owner().equals(locationId.value()));
    companies.values().forEach(locations -> locations.remove(locationId));
  }

  /** What becomes of a token that is shown; without a word, valid ones are accepted. */
  public void answersProofsWith(TokenProof.Verdict verdict) {
    proofs = Optional.of(verdict);
  }

  public void answersProofsByItself() {
    proofs = Optional.empty();
  }

  @Override
  public URI authorizeUri(String state) {
    return URI.create("https://crm.example/choose?state=" + state);
  }

  /**
   * The code is the location's id, or {@code company:} and the company's; what comes after a {@code
   * #} tells codes for the same apart.
   */
  @Override
  public OAuthAnswer exchange(Secret code) {
    if (!usedCodes.add(code.value())) {
      return new OAuthAnswer.Refused("invalid_grant");
    }
    duringExchange.run();
    String whose = code.value().replaceFirst("#.*", "");
    return whose.startsWith(COMPANY)
        ? grantForCompany(new CompanyId(whose.substring(COMPANY.length())))
        : grant(new LocationId(whose), false);
  }

  /** A used refresh token gives the same pair for 30 seconds (ghl-facts.md 2.2). */
  @Override
  public OAuthAnswer refresh(LocationId owner, Secret refreshToken) {
    return refresh(TokenType.LOCATION, refreshToken);
  }

  @Override
  public OAuthAnswer refresh(CompanyId owner, Secret refreshToken) {
    return refresh(TokenType.COMPANY, refreshToken);
  }

  private OAuthAnswer refresh(TokenType type, Secret refreshToken) {
    calls.add(new Call("refresh", FieldChanges.NONE));
    OAuthAnswer set = tokenAnswers.poll();
    if (set != null) {
      return set;
    }
    duringRefresh.run();
    OAuthAnswer answer = refreshed(type, refreshToken.value());
    if (lostTokenAnswers > 0) {
      lostTokenAnswers--;
      return new OAuthAnswer.TryAgain("no answer within 5 s");
    }
    return answer;
  }

  private OAuthAnswer refreshed(TokenType type, String token) {
    Grant known = grants.get(token);
    if (known == null || known.type() != type) {
      return new OAuthAnswer.Refused("invalid_grant");
    }
    Used before = used.get(token);
    if (before != null) {
      boolean isInGrace = !time.instant().isAfter(before.at().plusSeconds(30));
      return isInGrace ? before.answer() : new OAuthAnswer.Refused("invalid_grant");
    }
    OAuthAnswer answer =
        type == TokenType.COMPANY
            ? grantForCompany(new CompanyId(known.owner()))
            : grant(new LocationId(known.owner()), false);
    used.put(token, new Used(time.instant(), answer));
    return answer;
  }

  private OAuthTokens tokens(String owner, TokenType type) {
    int number = ++serial;
    Secret access = new Secret(owner + "/access" + number);
    Secret refresh = new Secret(owner + "/refresh" + number);
    grants.put(access.value(), new Grant(owner, type));
    grants.put(refresh.value(), new Grant(owner, type));
    return new OAuthTokens(
        access,
        new Renewal.ByRefreshToken(refresh),
        time.instant().plus(Duration.ofDays(1)),
        Set.of(
            "contacts.readonly",
            "contacts.write",
            "opportunities.write",
            "calendars/events.write",
            "conversations/message.write"));
  }

  private OAuthAnswer grant(LocationId locationId, boolean derived) {
    return new OAuthAnswer.Granted(
        new TokenGrant(
            locationId, COMPANY_ID, tokens(locationId.value(), TokenType.LOCATION), derived));
  }

  private OAuthAnswer grantForCompany(CompanyId company) {
    return new OAuthAnswer.GrantedForCompany(
        new CompanyGrant(
            company, tokens(company.value(), TokenType.COMPANY), true, true, List.of()));
  }

  @Override
  public CrmResult<InstalledLocations> installedLocations(
      CompanyId companyId, int skip, CallPriority priority) {
    return call(
        "installedLocations",
        FieldChanges.NONE,
        () -> {
          List<LocationId> all =
              List.copyOf(companies.getOrDefault(companyId, new LinkedHashSet<>()));
          List<LocationId> page =
              all.subList(Math.min(skip, all.size()), Math.min(skip + 2, all.size()));
          Map<LocationId, String> names =
              page.stream().collect(Collectors.toMap(id -> id, id -> "Salon " + id));
          return CrmResult.done(new InstalledLocations(page.size(), page, names));
        });
  }

  /** As the real adapter does, it says that there is no company token before it calls. */
  @Override
  public CrmResult<TokenGrant> locationToken(
      CompanyId companyId, LocationId locationId, CallPriority priority) {
    if (!usedCodes.contains(COMPANY + companyId)) {
      return CrmResult.failed(
          new CrmFailure.Unauthorized(
              CrmFailure.Unauthorized.Kind.NOT_CONNECTED, "The app is not installed there."));
    }
    return call(
        "locationToken",
        FieldChanges.NONE,
        () ->
            Optional.ofNullable(withoutToken.get(locationId))
                .map(CrmResult::<TokenGrant>failed)
                .orElseGet(() -> derived(companyId, locationId)));
  }

  private CrmResult<TokenGrant> derived(CompanyId companyId, LocationId locationId) {
    return companies.get(companyId).contains(locationId)
        ? CrmResult.done(
            new TokenGrant(
                locationId, companyId, tokens(locationId.value(), TokenType.LOCATION), true))
        : CrmResult.failed(new CrmFailure.Rejected(List.of(), "The app is not installed there."));
  }

  /** Proofs for owners of any kind. */
  public <O> TokenProof<O> proof() {
    return (owner, token) -> {
      calls.add(new Call("proof", FieldChanges.NONE));
      return proofs.orElseGet(
          () ->
              grants.containsKey(token.value())
                  ? new TokenProof.Verdict.Accepted()
                  : new TokenProof.Verdict.Refused("Invalid JWT"));
    };
  }
}
