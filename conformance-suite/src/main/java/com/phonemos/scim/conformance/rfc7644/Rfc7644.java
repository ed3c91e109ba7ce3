package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** RFC 7644, section by section. */
public final class Rfc7644 {
  private Rfc7644() {}

  /** In the order of the document. */
  public static List<Section> sections() {
    return List.of(
        S2_Authentication.section(),
        S3_2_Endpoints.endpoints(),
        S3_3_Create.section(),
        S3_4_1_Retrieve.one(),
        S3_4_1_Retrieve.list(),
        S3_4_2_2_Filtering.section(),
        S3_4_2_3_Sorting.sorting(),
        S3_4_1_Retrieve.pages(),
        S3_4_2_3_Sorting.search(),
        S3_5_1_Put.put(),
        S3_5_2_PatchRules.section(),
        S3_5_2_Patch.add(),
        S3_5_2_Patch.remove(),
        S3_5_2_Patch.replace(),
        S3_5_2_Members.section(),
        S3_5_1_Put.delete(),
        S3_7_Bulk.section(),
        S3_2_Endpoints.mediaTypes(),
        S3_4_2_3_Sorting.attributes(),
        S3_2_Endpoints.me(),
        S3_12_Errors.errors(),
        S3_12_Errors.versions(),
        S3_12_Errors.discovery(),
        S2_Authentication.tenants());
  }
}
