package com.phonemos.scim.engine;

import com.phonemos.scim.engine.Settings.Unusable;
import com.phonemos.scim.engine.store.SecretBox;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/** How the values of settings are written; what cannot be used is refused with a reason. */
final class SettingTypes {
  /** Shown in the place of a secret. */
  static final String HIDDEN = "(hidden)";

  private SettingTypes() {}

  static String databaseUrl(String value) {
    String like = "Write it like postgresql://user:password@host:5432/database";
    try {
      URI uri = new URI(value);
      boolean postgresql =
          "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (!postgresql) {
        throw new Unusable("Expected a postgresql:// URL, but it has another scheme", like);
      }
      if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
        throw new Unusable("Expected host and database, but one is missing", like);
      }
      if (uri.getUserInfo() == null) {
        throw new Unusable("Expected a user, but there is none", like);
      }
      return value;
    } catch (URISyntaxException broken) {
      throw new Unusable(
          "Expected a URL, but a character at position " + broken.getIndex() + " is not allowed",
          "Percent-encode special characters of the password");
    }
  }

  static String withoutPassword(String url) {
    int at = url.lastIndexOf('@');
    int scheme = url.indexOf("://");
    return at < scheme || scheme < 0
        ? HIDDEN
        : url.substring(0, scheme) + "://***" + url.substring(at);
  }

  static Path folder(String value) {
    try {
      Path folder = Path.of(value);
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new Unusable("Expected a folder, but it is a file", "Name a folder of its own");
      }
      return folder;
    } catch (InvalidPathException invalid) {
      throw new Unusable("Expected a folder, but it is no path", "Name a folder of its own");
    }
  }

  static Path file(String value) {
    try {
      Path file = Path.of(value);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new Unusable("Expected a readable file, but there is none", "Correct the path");
      }
      return file;
    } catch (InvalidPathException invalid) {
      throw new Unusable("Expected a file, but it is no path", "Correct the path");
    }
  }

  static String headerValue(String value) {
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Unusable(
          "Expected visible ASCII without spaces, but it has other characters",
          "Make one with: openssl rand -hex 32");
    }
    return value;
  }

  static URI baseUrl(String value) {
    String like = "Write it like https://scim.example.com";
    try {
      URI uri = new URI(value.replaceFirst("/+$", ""));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!web || uri.getHost() == null) {
        throw new Unusable("Expected an http or https URL, but it is none", like);
      }
      if (uri.getQuery() != null || uri.getFragment() != null || uri.getUserInfo() != null) {
        throw new Unusable("Expected a plain URL, but it has a query, fragment or user", like);
      }
      return uri;
    } catch (URISyntaxException broken) {
      throw new Unusable("Expected an http or https URL, but it is none", like);
    }
  }

  static String key(String value) {
    String like = "Make one with: openssl rand -base64 " + SecretBox.KEY_BYTES;
    try {
      for (String key : value.split(",", -1)) {
        int bytes = Base64.getDecoder().decode(key).length;
        if (bytes != SecretBox.KEY_BYTES) {
          throw new Unusable(
              "Expected " + SecretBox.KEY_BYTES + " bytes in base64, but it has " + bytes, like);
        }
      }
      return value;
    } catch (IllegalArgumentException notBase64) {
      throw new Unusable(
          "Expected " + SecretBox.KEY_BYTES + " bytes in base64, but it is no base64", like);
    }
  }
}
