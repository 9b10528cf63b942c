package io.jstorage.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;

/** Rules that class files can be checked for. */
final class Rules {
  private static final List<String> EVERYWHERE =
      List.of("java..", "javax.net.ssl", "org.jspecify.annotations");

  private static final List<String> API =
      List.of("io.jstorage", "io.jstorage.codec", "io.jstorage.provider", "io.jstorage.spi");

  static final ArchRule NO_PACKAGE_CYCLES =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                  return "packages";
                }
              })
          .should()
          .beFreeOfCycles();

  static final ArchRule NOTHING_REACHES_INTO_INTERNAL =
      noClasses()
          .that()
          .resideOutsideOfPackage("..internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..internal..");

  static final ArchRule NO_LOGGING_FRAMEWORK =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  static final ArchRule NO_STANDARD_STREAMS =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  static final ArchRule NO_PRINTED_STACK_TRACES =
      noClasses().should().callMethodWhere(target(name("printStackTrace")));

  static final ArchRule PUBLIC_FIELDS_NEVER_CHANGE =
      fields()
          .that()
          .arePublic()
          .or()
          .areProtected()
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(describe("an array", JavaClass::isArray));

  private Rules() {}

  /** The API depends on nothing. */
  static ArchRule theApiDependsOn(List<String> libraries) {
    return classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages(API, List.of("io.jstorage.internal"), libraries));
  }

  /** A part sees the API and its own library, and no other but what it is there to join. */
  static ArchRule dependsOn(String own, List<String> libraries) {
    return classes()
        .that()
        .resideInAPackage(own + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages(API, List.of(own + ".."), libraries));
  }

  private static String[] packages(List<String> api, List<String> own, List<String> libraries) {
    return Stream.of(EVERYWHERE, api, own, libraries).flatMap(List::stream).toArray(String[]::new);
  }
}
