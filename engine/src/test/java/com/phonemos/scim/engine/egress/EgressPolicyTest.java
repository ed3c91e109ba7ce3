package com.phonemos.scim.engine.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-side request forgery through a URL that a tenant's operator names. */
class EgressPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example.com",
        "file:///etc/passwd",
        "gopher://id.example.com",
        "jar:https://id.example.com!/a",
        "unix:/run/docker.sock",
        "https://",
        "https:///realms",
        "https://user@id.example.com",
        "https://id.example.com@169.254.169.254",
        "https://id.example.com:25",
        "https://id.example.com?client_secret=1",
        "https://id.example.com#@169.254.169.254",
        "https://id.example.com\\@169.254.169.254",
        "https://id.example.com\r\nX-Injected: 1",
        "https://id.example.com/%2e%2e/",
        "https://id.example.com/a/../b",
        "https://localhost.",
        "https://id.example.com.",
        "https://2130706433",
        "https://0x7f.1",
        "https://0177.0.0.1",
        "https://127.1",
        "https://xn--ggle-0nda.com",
        "https://exämple.com",
      })
  void aUrlThatIsNoPlainPublicOneIsRefused(String url) {
    assertThatThrownBy(() -> EgressPolicy.PUBLIC.url(url))
        .isInstanceOf(ForbiddenTargetException.class)
        .hasMessageStartingWith("Expected");
  }

  @Test
  void aUrlOfAnyLengthIsRefused() {
    assertThatThrownBy(() -> EgressPolicy.PUBLIC.url("https://" + "a.".repeat(2_000) + "com"))
        .isInstanceOf(ForbiddenTargetException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fd00::1",
        "fec0::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "ff02::1",
      })
  void aNameThatResolvesToAnAddressOfOursIsRefused(String address) throws UnknownHostException {
    InetAddress ours = InetAddress.getByName(address);
    InetAddress others = InetAddress.getByName("93.184.215.14");
    assertThatThrownBy(() -> EgressPolicy.PUBLIC.address("id.example.com", List.of(others, ours)))
        .isInstanceOf(ForbiddenTargetException.class)
        .hasMessageContaining("PHONEMOS_SCIM_PRIVATE_TARGETS=id.example.com");
  }

  @Test
  void publicAddressesAreNot() throws UnknownHostException {
    // Given
    List<InetAddress> resolved =
        List.of(InetAddress.getByName("93.184.215.14"), InetAddress.getByName("2606:2800::1"));
    // Then
    assertThat(EgressPolicy.PUBLIC.url("https://id.example.com/auth/"))
        .hasToString("https://id.example.com/auth");
    assertThat(EgressPolicy.PUBLIC.url("https://id.example.com:8443").getPort()).isEqualTo(8443);
    assertThat(EgressPolicy.PUBLIC.address("id.example.com", resolved))
        .isEqualTo(resolved.getFirst());
  }

  @Test
  void whatAnOperatorAllowsMayBePrivateAndWithoutTls() throws UnknownHostException {
    // Given
    EgressPolicy policy = EgressPolicy.of("Keycloak.internal, 10.0.0.7,::1");
    List<InetAddress> resolved = List.of(InetAddress.getByName("10.9.9.9"));
    // Then
    assertThat(policy.url("http://keycloak.internal:8080").getPort()).isEqualTo(8080);
    assertThat(policy.url("http://[::1]:8080").getPort()).isEqualTo(8080);
    assertThat(policy.address("keycloak.internal", resolved)).isEqualTo(resolved.getFirst());
    assertThatThrownBy(() -> policy.address("other.internal", resolved))
        .isInstanceOf(ForbiddenTargetException.class);
    assertThatThrownBy(() -> policy.url("http://other.internal"))
        .isInstanceOf(ForbiddenTargetException.class);
  }
}
