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
        S3_2_Endpoints.section(),
        S3_3_Create.section(),
        S3_4_1_Retrieve.section(),
        S3_4_2_Query.section(),
        S3_4_2_2_Filtering.section(),
        S3_4_2_3_Sorting.section(),
        S3_4_2_4_Pagination.section(),
        S3_4_3_Search.section(),
        S3_5_1_Put.section(),
        S3_5_2_PatchRules.section(),
        S3_5_2_Patch.add(),
        S3_5_2_Patch.remove(),
        S3_5_2_Patch.replace(),
        S3_5_2_Members.section(),
        S3_6_Delete.section(),
        S3_7_Bulk.section(),
        S3_8_MediaTypes.section(),
        S3_9_Attributes.section(),
        S3_11_Me.section(),
        S3_12_Errors.section(),
        S3_14_Versions.section(),
        S4_Discovery.section(),
        S6_Tenants.section());
  }
}
