package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowListTest {
  @Test
  void aClassWithoutAPackageIsAllowedByItsNameOnly() {
    AllowList packages = new AllowList(List.of(), List.of("com.acme.*", "com.acme.**"));
    assertThat(packages.allows("Invoice")).isFalse();
    assertThat(packages.allows("[LInvoice;")).isFalse();
    AllowList named = new AllowList(List.of(), List.of("Invoice"));
    assertThat(named.allows("Invoice")).isTrue();
    assertThat(named.allows("[[LInvoice;")).isTrue();
    assertThat(named.allows("Other")).isFalse();
  }

  @Test
  void aPackageIsAllowedWithOrWithoutThoseBelow() {
    AllowList one = new AllowList(List.of(), List.of("com.acme.*"));
    assertThat(one.allows("com.acme.Invoice")).isTrue();
    assertThat(one.allows("com.acme.parts.Line")).isFalse();
    assertThat(one.allows("com.acmes.Invoice")).isFalse();
    AllowList all = new AllowList(List.of(), List.of("com.acme.**"));
    assertThat(all.allows("com.acme.parts.small.Line")).isTrue();
    assertThat(all.allows("com.Other")).isFalse();
  }
}
