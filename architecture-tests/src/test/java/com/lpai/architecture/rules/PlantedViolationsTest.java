package com.lpai.architecture.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.architecture.fixture.adapter.ghl.contact.KnowsAnotherAdapter;
import com.lpai.architecture.fixture.adapter.ghl.contact.KnowsTheApplication;
import com.lpai.architecture.fixture.adapter.ghl.contact.SendsOurId;
import com.lpai.architecture.fixture.adapter.mongo.contact.LooksAcrossTenants;
import com.lpai.architecture.fixture.adapter.mongo.contact.NamesASharedCollection;
import com.lpai.architecture.fixture.adapter.mongo.contact.TouchesACollection;
import com.lpai.architecture.fixture.adapter.web.api.ContactManager;
import com.lpai.architecture.fixture.adapter.web.api.InjectedField;
import com.lpai.architecture.fixture.adapter.web.api.KnowsBoot;
import com.lpai.architecture.fixture.adapter.web.api.LogsByAnotherLogger;
import com.lpai.architecture.fixture.adapter.web.api.MakesTheCrmsIds;
import com.lpai.architecture.fixture.adapter.web.api.Prints;
import com.lpai.architecture.fixture.adapter.web.api.ReadsASystemProperty;
import com.lpai.architecture.fixture.adapter.web.api.ReadsTheConfiguration;
import com.lpai.architecture.fixture.adapter.web.api.ReadsTheEnvironment;
import com.lpai.architecture.fixture.adapter.web.api.ReadsTheRepository;
import com.lpai.architecture.fixture.adapter.web.api.RefersToTheCrmsIds;
import com.lpai.architecture.fixture.adapter.web.unmarked.InAPackageWithoutWords;
import com.lpai.architecture.fixture.application.inbound.OtherHalfOfACycle;
import com.lpai.architecture.fixture.application.push.AsksTheMachineForTime;
import com.lpai.architecture.fixture.application.push.HalfOfACycle;
import com.lpai.architecture.fixture.application.push.OpenService;
import com.lpai.architecture.fixture.application.push.PushToDatabase;
import com.lpai.architecture.fixture.boot.GoesPastTheDoor;
import com.lpai.architecture.fixture.boot.StartsTheSandbox;
import com.lpai.architecture.fixture.domain.contact.ContactAsDocument;
import com.lpai.architecture.fixture.domain.contact.LoggingContact;
import com.lpai.architecture.fixture.domain.contact.NoteRepository;
import com.lpai.architecture.fixture.domain.contact.RecordRepository;
import com.lpai.architecture.fixture.domain.contact.TagRepository;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every rule, held against a small copy of the rings in which it is broken: it must name the class
 * that breaks it, and none of the classes that do not.
 */
class PlantedViolationsTest {
  private static final Rings COPY = new Rings("com.lpai.architecture.fixture");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(COPY.root());

  @ParameterizedTest
  @EnumSource
  void theRuleFindsItsPlantedViolationAndNothingElse(ArchitectureRule rule) {
    Set<Class<?>> planted = planted(rule);

    List<String> found = rule.in(COPY).evaluate(CLASSES).getFailureReport().getDetails();

    assertThat(planted)
        .allSatisfy(
            type -> assertThat(found).anyMatch(detail -> detail.contains(type.getSimpleName())));
    assertThat(found)
        .allSatisfy(
            detail -> assertThat(planted).anyMatch(type -> detail.contains(type.getName())));
  }

  /** A rule without a planted violation does not compile. */
  private static Set<Class<?>> planted(ArchitectureRule rule) {
    return switch (rule) {
      case DOMAIN_KNOWS_ONLY_JAVA_AND_ITSELF -> Set.of(ContactAsDocument.class);
      case APPLICATION_KNOWS_ONLY_JAVA_THE_DOMAIN_AND_ITSELF -> Set.of(PushToDatabase.class);
      case INNER_RINGS_DO_NOT_LOG -> Set.of(LoggingContact.class);
      case DRIVEN_ADAPTERS_KNOW_THE_DOMAIN_AND_NO_OTHER_RING -> Set.of(KnowsTheApplication.class);
      case ADAPTERS_NEVER_SEE_EACH_OTHER -> Set.of(KnowsAnotherAdapter.class);
      case NOBODY_KNOWS_BOOT -> Set.of(KnowsBoot.class);
      case BOOT_USES_ADAPTERS_BY_THEIR_DOORS -> Set.of(GoesPastTheDoor.class);
      case THE_WEB_KNOWS_THE_APPLICATION_BY_ITS_USE_CASES -> Set.of(ReadsTheRepository.class);
      case FEATURES_HAVE_NO_CYCLES -> Set.of(HalfOfACycle.class, OtherHalfOfACycle.class);
      case NOTHING_OF_THE_WAR_KNOWS_THE_STAND_INS -> Set.of(StartsTheSandbox.class);
      case EVERY_PORT_TAKES_THE_LOCATION_FIRST ->
          Set.of(TagRepository.class, NoteRepository.class, RecordRepository.class);
      case OUR_IDS_NEVER_REACH_THE_CRM -> Set.of(SendsOurId.class);
      case ONLY_THOSE_WHO_READ_THEM_MAKE_THE_CRMS_IDS ->
          Set.of(MakesTheCrmsIds.class, RefersToTheCrmsIds.class);
      case ONLY_THE_TENANCY_PACKAGE_TOUCHES_COLLECTIONS -> Set.of(TouchesACollection.class);
      case LOOKS_ACROSS_TENANTS_ARE_NAMED -> Set.of(LooksAcrossTenants.class);
      case SHARED_COLLECTIONS_ARE_NAMED_IN_ONE_PLACE -> Set.of(NamesASharedCollection.class);
      case TIME_COMES_IN_AND_IS_NOT_ASKED_OF_THE_MACHINE -> Set.of(AsksTheMachineForTime.class);
      case NOBODY_PRINTS -> Set.of(Prints.class);
      case NOBODY_USES_ANOTHER_LOGGER -> Set.of(LogsByAnotherLogger.class);
      case DEPENDENCIES_COME_BY_CONSTRUCTOR -> Set.of(InjectedField.class);
      case SERVICES_ARE_HIDDEN_BEHIND_THEIR_USE_CASES -> Set.of(OpenService.class);
      case NAMES_SAY_WHAT_A_CLASS_IS_FOR -> Set.of(ContactManager.class);
      case ONLY_BOOT_READS_SETTINGS ->
          Set.of(
              ReadsTheEnvironment.class, ReadsTheConfiguration.class, ReadsASystemProperty.class);
      case EVERY_PACKAGE_IS_NULL_MARKED -> Set.of(InAPackageWithoutWords.class);
    };
  }
}
