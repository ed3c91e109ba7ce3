package com.phonemos.scim.idp.okta;

/**
 * How an Okta application stands.
 *
 * @param users accounts that Okta believes it provisioned
 * @param activeUsers those of them that it believes are switched on
 * @param groups groups that Okta believes it pushed
 * @param memberships memberships that Okta believes it pushed
 * @param failedTasks tasks that wait for an administrator's "Retry selected"
 */
public record OktaStatus(
    int users, long activeUsers, int groups, long memberships, int failedTasks) {}
