package com.lpai.architecture.rules;

import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.function.Function;

/** Every rule about the product's classes, for any place where its rings are. */
enum ArchitectureRule {
  DOMAIN_KNOWS_ONLY_JAVA_AND_ITSELF(RingRules::domainKnowsOnlyJavaAndItself),
  APPLICATION_KNOWS_ONLY_JAVA_THE_DOMAIN_AND_ITSELF(
      RingRules::applicationKnowsOnlyJavaTheDomainAndItself),
  INNER_RINGS_DO_NOT_LOG(RingRules::innerRingsDoNotLog),
  DRIVEN_ADAPTERS_KNOW_THE_DOMAIN_AND_NO_OTHER_RING(
      RingRules::drivenAdaptersKnowTheDomainAndNoOtherRing),
  ADAPTERS_NEVER_SEE_EACH_OTHER(RingRules::adaptersNeverSeeEachOther),
  NOBODY_KNOWS_BOOT(RingRules::nobodyKnowsBoot),
  BOOT_USES_ADAPTERS_BY_THEIR_DOORS(RingRules::bootUsesAdaptersByTheirDoors),
  THE_WEB_KNOWS_THE_APPLICATION_BY_ITS_USE_CASES(RingRules::theWebKnowsTheApplicationByItsUseCases),
  FEATURES_HAVE_NO_CYCLES(RingRules::featuresHaveNoCycles),
  NOTHING_OF_THE_WAR_KNOWS_THE_STAND_INS(RingRules::nothingOfTheWarKnowsTheStandIns),

  EVERY_PORT_TAKES_THE_LOCATION_FIRST(TenancyRules::everyPortTakesTheLocationFirst),
  OUR_IDS_NEVER_REACH_THE_CRM(TenancyRules::ourIdsNeverReachTheCrm),
  ONLY_THOSE_WHO_READ_THEM_MAKE_THE_CRMS_IDS(TenancyRules::onlyThoseWhoReadThemMakeTheCrmsIds),
  ONLY_THE_TENANCY_PACKAGE_TOUCHES_COLLECTIONS(
      TenancyRules::onlyTheTenancyPackageTouchesCollections),
  LOOKS_ACROSS_TENANTS_ARE_NAMED(TenancyRules::looksAcrossTenantsAreNamed),
  SHARED_COLLECTIONS_ARE_NAMED_IN_ONE_PLACE(TenancyRules::sharedCollectionsAreNamedInOnePlace),

  TIME_COMES_IN_AND_IS_NOT_ASKED_OF_THE_MACHINE(CodingRules::timeComesIn),
  NOBODY_PRINTS(rings -> NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),
  NOBODY_USES_ANOTHER_LOGGER(rings -> CodingRules.nobodyUsesAnotherLogger()),
  DEPENDENCIES_COME_BY_CONSTRUCTOR(rings -> NO_CLASSES_SHOULD_USE_FIELD_INJECTION),
  SERVICES_ARE_HIDDEN_BEHIND_THEIR_USE_CASES(CodingRules::servicesAreHiddenBehindTheirUseCases),
  NAMES_SAY_WHAT_A_CLASS_IS_FOR(rings -> CodingRules.namesSayWhatAClassIsFor()),
  ONLY_BOOT_READS_SETTINGS(CodingRules::onlyBootReadsSettings),
  EVERY_PACKAGE_IS_NULL_MARKED(rings -> CodingRules.everyPackageIsNullMarked());

  // The functions are references to static methods: they hold nothing that could change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<Rings, ArchRule> rule;

  ArchitectureRule(Function<Rings, ArchRule> rule) {
    this.rule = rule;
  }

  ArchRule in(Rings rings) {
    return rule.apply(rings);
  }

  /** As a sentence, for reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
