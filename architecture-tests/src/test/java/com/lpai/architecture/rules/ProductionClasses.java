package com.lpai.architecture.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The classes that go into the war, without tests and contract kits. */
final class ProductionClasses {
  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(ProductionClasses::isNoTestJar)
          .importPackages(Rings.OF_THE_PRODUCT.all());

  private ProductionClasses() {}

  /** Kits arrive as test jars, which ArchUnit's own option does not know. */
  private static boolean isNoTestJar(Location location) {
    return !location.contains("-tests.jar") && !location.contains("/test-classes/");
  }
}
