package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.resource.Dialect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator decided for one tenant where the standard, or Keycloak, leaves a choice. Kept as
 * JSON in the tenant's row: what is not there is the default, and what this version does not know
 * is left alone, so that two versions may run side by side.
 */
public final class TenantPolicy {
  /** What a tenant has that nobody decided anything for. */
  public static final TenantPolicy DEFAULT = new TenantPolicy(Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Key, Enum<?>> decided;

  private TenantPolicy(Map<Key, Enum<?>> decided) {
    this.decided = decided;
  }

  /** What can be decided: each a choice of words, with its default first named. */
  public enum Key {
    DIALECT(Dialect.AUTO, "how requests are read where identity providers differ from the RFC"),
    RECREATE(Recreate.CONFLICT, "what a POST for a deactivated user does"),
    URL_FILTER(UrlFilter.ACCEPT, "whether a filter in a URL may hold personal data"),
    ADOPTION(Adoption.USER_NAME, "which accounts of Keycloak are taken for a new user"),
    DELETION(Deletion.REMOVE, "what becomes of the account of a deleted user"),
    GUARD(Guard.TEN_PERCENT, "how many users may lose access in an hour before somebody is asked");

    private final Enum<?> otherwise;
    private final String meaning;

    Key(Enum<?> otherwise, String meaning) {
      this.otherwise = otherwise;
      this.meaning = meaning;
    }

    /** As operators write it, such as {@code nested-groups}. */
    public String word() {
      return TenantPolicy.word(this);
    }

    /** Every value, as operators write it. */
    public List<String> choices() {
      return constants().map(TenantPolicy::word).toList();
    }

    /** For a person. */
    public String meaning() {
      return meaning;
    }

    private Stream<Enum<?>> constants() {
      return Stream.of(otherwise.getDeclaringClass().getEnumConstants());
    }

    private Optional<Enum<?>> read(String word) {
      return constants().filter(constant -> TenantPolicy.word(constant).equals(word)).findAny();
    }

    private static Optional<Key> of(String word) {
      return Stream.of(values()).filter(key -> key.word().equals(word)).findAny();
    }
  }

  /** What a POST for a deactivated user with the same {@code userName} or external id does. */
  public enum Recreate {
    /** 409 uniqueness. */
    CONFLICT,

    /** The user is active again, with its id; how Okta assigns somebody anew. */
    REACTIVATE
  }

  /** Whether a filter in a URL, which logs on its way may keep, may hold personal data. */
  public enum UrlFilter {
    /** As every identity provider filters. */
    ACCEPT,

    /** 403 sensitive (RFC 7644 §7.5.2); {@code POST /.search} is the way. */
    REFUSE_PERSONAL
  }

  /** Which accounts that exist in Keycloak already may be taken for a new user. */
  public enum Adoption {
    NEVER,

    /** The one with its user name. */
    USER_NAME,

    /** The one with its e-mail address, if Keycloak holds it verified. */
    VERIFIED_EMAIL
  }

  /** What becomes of the Keycloak account of a deleted user. */
  public enum Deletion {
    REMOVE,
    DISABLE,

    /** It stays, disabled, under a neutral name that is its own. */
    ANONYMISE
  }

  /** How many users may lose access in Keycloak within an hour before an operator is asked. */
  public enum Guard {
    TEN_PERCENT(20, 10),
    FIVE_PERCENT(10, 5),
    TWENTY_FIVE_PERCENT(50, 25),
    OFF(Integer.MAX_VALUE, 100);

    private final int users;
    private final int percent;

    Guard(int users, int percent) {
      this.users = users;
      this.percent = percent;
    }

    /** So many may in any case. */
    public int users() {
      return users;
    }

    /** Of the users that Keycloak holds, if that is more. */
    public int percent() {
      return percent;
    }
  }

  /** Settings that cannot be; the message names them all. */
  public static final class IllegalPolicyException extends IllegalArgumentException {
    private IllegalPolicyException(List<String> mistakes) {
      super(String.join(System.lineSeparator(), mistakes));
    }
  }

  public Dialect dialect() {
    return (Dialect) value(Key.DIALECT);
  }

  public Recreate recreate() {
    return (Recreate) value(Key.RECREATE);
  }

  public UrlFilter urlFilter() {
    return (UrlFilter) value(Key.URL_FILTER);
  }

  public Adoption adoption() {
    return (Adoption) value(Key.ADOPTION);
  }

  public Deletion deletion() {
    return (Deletion) value(Key.DELETION);
  }

  public Guard guard() {
    return (Guard) value(Key.GUARD);
  }

  private Enum<?> value(Key key) {
    return decided.getOrDefault(key, key.otherwise);
  }

  /** A value as operators write it. */
  public String chosen(Key key) {
    return word(value(key));
  }

  /** Whether somebody decided it, were it for the default. */
  public boolean decides(Key key) {
    return decided.containsKey(key);
  }

  /**
   * Decisions as operators write them, such as {@code dialect=strict}.
   *
   * @throws IllegalPolicyException naming every key that is none and every value that does not fit
   */
  public static TenantPolicy of(List<String> settings) {
    Map<Key, Enum<?>> decided = new EnumMap<>(Key.class);
    List<String> mistakes = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      Optional<Key> key = Key.of(parts[0]);
      Optional<Enum<?>> value = key.flatMap(known -> known.read(parts[parts.length - 1]));
      if (key.isEmpty()) {
        String keys = Stream.of(Key.values()).map(Key::word).collect(Collectors.joining(", "));
        mistakes.add("Expected one of " + keys + ", but there is " + parts[0]);
      } else if (value.isEmpty() || parts.length < 2) {
        String choices = String.join("|", key.get().choices());
        mistakes.add("Expected " + parts[0] + "=" + choices + ", but there is " + setting);
      } else if (decided.put(key.get(), value.get()) != null) {
        mistakes.add("Expected " + parts[0] + " once, but it is there twice");
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalPolicyException(mistakes);
    }
    return new TenantPolicy(decided);
  }

  /** Reads the tenant's row; a value of a newer version counts as the default. */
  static TenantPolicy read(String json) {
    if (json.equals("{}")) {
      return DEFAULT;
    }
    JsonNode tree = tree(json);
    Map<Key, Enum<?>> decided = new EnumMap<>(Key.class);
    for (Key key : Key.values()) {
      key.read(tree.path(key.word()).asText("")).ifPresent(value -> decided.put(key, value));
    }
    return new TenantPolicy(decided);
  }

  /** What was decided, and nothing of the defaults. */
  String toJson() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    decided.forEach((key, value) -> tree.put(key.word(), word(value)));
    return tree.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("PostgreSQL returned invalid jsonb", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TenantPolicy that && decided.equals(that.decided);
  }

  @Override
  public int hashCode() {
    return decided.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
