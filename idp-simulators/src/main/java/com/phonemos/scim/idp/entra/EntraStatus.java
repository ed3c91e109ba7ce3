package com.phonemos.scim.idp.entra;

import java.util.Locale;
import java.util.Optional;

/**
 * How an Entra job stands, as its overview page shows it.
 *
 * @param health whether it runs
 * @param reason why it does not run normally
 * @param users accounts that Entra believes it provisioned
 * @param activeUsers those of them that it believes are switched on
 * @param groups groups that Entra believes it provisioned
 * @param memberships memberships that Entra believes it provisioned
 * @param escrow objects that failed and wait for another try
 */
public record EntraStatus(
    Health health,
    Optional<String> reason,
    int users,
    long activeUsers,
    int groups,
    long memberships,
    int escrow) {
  /** Whether a job runs. */
  public enum Health {
    /** Every 40 minutes. */
    RUNNING,
    /** Once a day [D E4]. */
    QUARANTINE,
    /** Not at all: too many people would lose access at once [D E3]. */
    AWAITING_APPROVAL,
    /** Not at all: four weeks in quarantine [D E4]. */
    DISABLED
  }

  /** In one line, for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d accounts, %,d of them active, %,d groups, %,d memberships, %,d in escrow, job %s%s",
        users,
        activeUsers,
        groups,
        memberships,
        escrow,
        health.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        reason.map(why -> " (" + why + ")").orElse(""));
  }
}
