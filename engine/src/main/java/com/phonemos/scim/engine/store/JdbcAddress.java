package com.phonemos.scim.engine.store;

import io.vertx.pgclient.PgConnectOptions;

/** The database's address as the migration library's driver wants it. */
record JdbcAddress(String url, String user, String password) {
  static JdbcAddress of(String uri) {
    PgConnectOptions options = PgConnectOptions.fromUri(uri);
    String url =
        "jdbc:postgresql://"
            + options.getHost()
            + ":"
            + options.getPort()
            + "/"
            + options.getDatabase();
    String password = options.getPassword();
    return new JdbcAddress(url, options.getUser(), password == null ? "" : password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
