package com.phonemos.scim.idp.wire;

/** Why a request is sent, in the words of a summary. */
public enum Purpose {
  PROBE("test connection"),
  DISCOVERY("discover"),
  USER_LOOKUP("look up user"),
  USER_READ("read user"),
  USER_CREATE("create user"),
  USER_UPDATE("update user"),
  USER_DEACTIVATE("deactivate user"),
  USER_REACTIVATE("reactivate user"),
  USER_DELETE("delete user"),
  GROUP_LOOKUP("look up group"),
  GROUP_READ("read group"),
  GROUP_CREATE("create group"),
  GROUP_UPDATE("update group"),
  GROUP_DELETE("delete group"),
  MEMBER_ADD("add member"),
  MEMBER_REMOVE("remove member"),
  MEMBERS_REPLACE("replace members"),
  BULK("bulk"),
  IMPORT("import"),
  VERIFY("verify");

  private final String words;

  Purpose(String words) {
    this.words = words;
  }

  /** Whether the request asks for something that may not be there. */
  public boolean lookUp() {
    return this == PROBE || this == USER_LOOKUP || this == GROUP_LOOKUP;
  }

  /** The purpose in words. */
  public String words() {
    return words;
  }
}
