package com.phonemos.scim.idp;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.ScimClient;
import java.util.List;
import java.util.function.Supplier;

/**
 * A simulated identity provider: a directory, an endpoint, and what the provider believes about the
 * endpoint. Methods block until what they say has been done. One thread at a time may drive it.
 */
public interface IdentityProvider extends AutoCloseable {
  /** The directory whose changes are provisioned. */
  Directory directory();

  /** The client, to be listened to and paced. */
  ScimClient client();

  /**
   * What an administrator does to set the application up, step by step: a test of the connection
   * first, everyone and every group at the end.
   */
  List<Supplier<CycleReport>> setUp();

  /** Provisions what has changed since, when the provider's schedule has come round. */
  CycleReport follow();

  /** Lets a day pass and tries again what failed. */
  CycleReport heal();

  /** Whether anything waits to be tried again, or the provider does not run normally. */
  boolean ailing();

  /** What the provider believes, for people; one line. */
  String belief();

  /** What the endpoint should hold according to the directory and the provider's rules. */
  Expectation expected();

  /** Closes the connections. */
  @Override
  void close();
}
