package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathReaderTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final List<String> TEXTS =
      List.of("work", "", "a \"b\"", "] or (x", "].value", "back\\slash", "ü😀\n", "[");

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void everyPathIsReadAsItIsWritten() {
    int filtered = 0;
    for (int i = 0; i < 20_000; i++) {
      // Given
      ResourceType type = random.nextInt(8) == 0 ? ResourceType.GROUP : ResourceType.USER;
      PatchTarget target = target(type);
      String text = text(type, target);
      // When
      PatchTarget read = PathReader.read(SCHEMAS, type, text);
      // Then
      assertThat(read).as("%s, seed %d", text, seed).isEqualTo(target);
      filtered += read.filter().isPresent() ? 1 : 0;
    }
    assertThat(filtered).isGreaterThan(2_000);
  }

  private PatchTarget target(ResourceType type) {
    Attribute top = pick(SCHEMAS.attributes(type).all());
    Optional<String> schema = Optional.empty();
    Attribute attribute = top;
    if (top.isExtension() && random.nextInt(4) > 0) {
      schema = Optional.of(top.name());
      attribute = pick(top.subAttributes());
    }
    boolean hasSubs = !attribute.subAttributes().isEmpty() && !attribute.isExtension();
    Optional<String> sub =
        hasSubs && random.nextBoolean()
            ? Optional.of(pick(attribute.subAttributes()).name())
            : Optional.empty();
    ResolvedPath resolved =
        SCHEMAS.resolve(type, new AttributePath(schema, attribute.name(), sub)).orElseThrow();
    boolean takesFilter = hasSubs && attribute.multiValued();
    return new PatchTarget(
        resolved,
        takesFilter && random.nextBoolean()
            ? Optional.of(FilterCheck.checkElement(attribute, filter(attribute, 2)))
            : Optional.empty());
  }

  private Filter filter(Attribute attribute, int depth) {
    AttributePath path = AttributePath.of(pick(attribute.subAttributes()).name());
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> new Filter.Present(path);
      case 1 ->
          attribute.subAttribute(path.name()).orElseThrow().type() == Attribute.Type.BOOLEAN
              ? new Filter.Compare(path, CompareOperator.EQ, new Literal.Bool(random.nextBoolean()))
              : new Filter.Compare(path, CompareOperator.EQ, new Literal.Text(pick(TEXTS)));
      case 2 -> new Filter.And(filter(attribute, depth - 1), filter(attribute, depth - 1));
      case 3 -> new Filter.Or(filter(attribute, depth - 1), filter(attribute, depth - 1));
      default -> new Filter.Not(filter(attribute, depth - 1));
    };
  }

  /** In whatever case, and with the core schema's URN or without (RFC 7644 §3.10). */
  private String text(ResourceType type, PatchTarget target) {
    AttributePath path = target.resolved().path();
    AttributePath attribute = new AttributePath(path.schema(), path.name(), Optional.empty());
    boolean isCore = path.schema().isEmpty() && path.name().indexOf(':') < 0;
    String text = (isCore && random.nextInt(4) == 0 ? type.schema() + ':' : "") + attribute;
    String spelled = random.nextInt(4) == 0 ? text.toUpperCase(Locale.ROOT) : text;
    return spelled
        + target.filter().map(filter -> "[" + filter + "]").orElse("")
        + path.subAttribute().map(sub -> '.' + sub).orElse("");
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
