import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.BulkConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ChangePasswordConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.SortConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ETagFeature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** SCIM-SDK over the JDK's HTTP server, with its resources in memory and its workarounds for certain clients off. */
public final class ScimSdkPeer {
  private static final String TOKEN = "Bearer foreign";

  public static void main(String[] args) throws IOException {
    ResourceEndpoint sdk = new ResourceEndpoint(offered());
    Users users = new Users();
    Groups groups = new Groups(users);
    users.groups = groups;
    all(sdk.registerEndpoint(new UserEndpointDefinition(users)));
    all(sdk.registerEndpoint(new GroupEndpointDefinition(groups)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/scim/v2", exchange -> answer(sdk, exchange));
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static ServiceProvider offered() {
    return ServiceProvider.builder()
        .caseInsensitiveValidation(true)
        .lenientContentTypeChecking(true)
        .patchConfig(PatchConfig.builder().supported(true).build())
        .bulkConfig(
            BulkConfig.builder().supported(true).maxOperations(100).maxPayloadSize(1_048_576L).build())
        .filterConfig(FilterConfig.builder().supported(true).maxResults(200).build())
        .sortConfig(SortConfig.builder().supported(true).build())
        .eTagConfig(ETagConfig.builder().supported(true).build())
        .changePasswordConfig(ChangePasswordConfig.builder().supported(false).build())
        .authenticationSchemes(
            List.of(
                AuthenticationScheme.builder()
                    .name("Bearer token")
                    .description("A token")
                    .type("oauthbearertoken")
                    .build()))
        .build();
  }

  private static void all(ResourceType type) {
    type.getFeatures().setAutoFiltering(true);
    type.getFeatures().setAutoSorting(true);
    type.getFeatures().setETagFeature(ETagFeature.builder().enabled(true).build());
  }

  private static void answer(ResourceEndpoint sdk, HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      String url =
          "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
      ScimResponse response =
          sdk.handleRequest(
              url,
              HttpMethod.valueOf(exchange.getRequestMethod()),
              body.isEmpty() ? null : body,
              headers,
              new Context(new Bearer()));
      response.getHttpHeaders().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = response.isEmpty() ? new byte[0] : response.toString().getBytes(StandardCharsets.UTF_8);
      int status = response.getHttpStatus();
      boolean empty = status == 204 || status == 304 || bytes.length == 0;
      exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
      if (!empty) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** One token, as the SDK asks for it. */
  private static final class Bearer implements Authorization {
    @Override
    public Set<String> getClientRoles() {
      return Set.of();
    }

    @Override
    public boolean authenticate(Map<String, String> headers, Map<String, String> parameters) {
      return headers.entrySet().stream()
          .anyMatch(header ->
              header.getKey().equalsIgnoreCase("Authorization") && header.getValue().equalsIgnoreCase(TOKEN));
    }
  }

  private static final class Users extends InMemory<User> {
    private Groups groups;

    Users() {
      super(user -> user.getUserName().orElse(""));
    }

    @Override
    public void deleteResource(String id, Context context) {
      super.deleteResource(id, context);
      groups.leave(id);
    }
  }

  private static final class Groups extends InMemory<Group> {
    private final Users users;

    Groups(Users users) {
      super(group -> group.getDisplayName().orElse(""));
      this.users = users;
    }

    @Override
    void check(Group group) {
      for (Member member : group.getMembers()) {
        String id = member.getValue().orElse("");
        if (!users.kept.containsKey(id) && !kept.containsKey(id)) {
          throw new BadRequestException("a member is unknown", ScimType.RFC7644.INVALID_VALUE);
        }
      }
    }

    synchronized void leave(String user) {
      for (Group group : kept.values()) {
        List<Member> rest =
            group.getMembers().stream()
                .filter(member -> !member.getValue().orElse("").equals(user))
                .toList();
        if (rest.size() < group.getMembers().size()) {
          group.setMembers(rest);
        }
      }
    }
  }

  /** Keeps resources; filters, sorts, pages of lists and versions are the SDK's own. */
  private abstract static class InMemory<T extends ResourceNode> extends ResourceHandler<T> {
    final Map<String, T> kept = new ConcurrentSkipListMap<>();
    private final Function<T, String> unique;

    InMemory(Function<T, String> unique) {
      this.unique = unique;
    }

    @Override
    public synchronized T createResource(T resource, Context context) {
      resource.setId(UUID.randomUUID().toString());
      free(resource);
      Instant now = Instant.now();
      resource.remove("meta");
      resource.setMeta(
          Meta.builder()
              .resourceType(getResourceType().getName())
              .created(now)
              .lastModified(now)
              .location(context.getResourceReferenceUrl(resource.getId().orElseThrow()))
              .build());
      kept.put(resource.getId().orElseThrow(), copy(resource));
      return resource;
    }

    @Override
    public T getResource(
        String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excluded, Context context) {
      T found = kept.get(id);
      return found == null ? null : copy(found);
    }

    @Override
    public PartialListResponse<T> listResources(
        long startIndex,
        int count,
        FilterNode filter,
        SchemaAttribute sortBy,
        SortOrder sortOrder,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      List<T> all = new ArrayList<>();
      kept.values().forEach(each -> all.add(copy(each)));
      return PartialListResponse.<T>builder().resources(all).totalResults(all.size()).build();
    }

    @Override
    public synchronized T updateResource(T resource, Context context) {
      T before = kept.get(resource.getId().orElseThrow());
      if (before == null) {
        throw new ResourceNotFoundException("no resource has this id");
      }
      free(resource);
      Meta meta = resource.getMeta().orElseThrow();
      meta.setCreated(before.getMeta().orElseThrow().getCreated().orElseThrow());
      meta.setLastModified(Instant.now());
      kept.put(resource.getId().orElseThrow(), copy(resource));
      return resource;
    }

    @Override
    public synchronized void deleteResource(String id, Context context) {
      if (kept.remove(id) == null) {
        throw new ResourceNotFoundException("no resource has this id");
      }
    }

    void check(T resource) {}

    private void free(T resource) {
      check(resource);
      String name = unique.apply(resource).toLowerCase(Locale.ROOT);
      boolean taken =
          !name.isEmpty()
              && kept.values().stream()
                  .anyMatch(other ->
                      !other.getId().equals(resource.getId())
                          && unique.apply(other).toLowerCase(Locale.ROOT).equals(name));
      if (taken) {
        throw new ConflictException("this name is taken");
      }
    }

    @SuppressWarnings("unchecked")
    private T copy(T resource) {
      return (T)
          de.captaingoldfish.scim.sdk.common.utils.JsonHelper.readJsonDocument(
              resource.toString(), resource.getClass());
    }
  }
}
