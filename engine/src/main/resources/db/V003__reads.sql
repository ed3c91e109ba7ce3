-- Keys are compared and ordered by code point, whatever collation the database was made with.
ALTER TABLE scim_user
  ALTER COLUMN user_name_key TYPE text COLLATE "C",
  ALTER COLUMN external_id TYPE text COLLATE "C",
  ALTER COLUMN email_keys TYPE text[] COLLATE "C";
ALTER TABLE scim_group
  ALTER COLUMN display_name_key TYPE text COLLATE "C",
  ALTER COLUMN external_id TYPE text COLLATE "C";

-- Trims what Java's String.strip() trims; the result has the collation of code points.
CREATE OR REPLACE FUNCTION scim_fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(upper(btrim(normalize(value, NFC),
    E'\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200A\u2028\u2029\u205F\u3000')
    COLLATE pg_c_utf8) COLLATE pg_c_utf8) COLLATE "C";

-- A dateTime of a custom schema; NULL where a changed schema left another text behind.
CREATE FUNCTION scim_date_time(value text) RETURNS timestamptz
  LANGUAGE sql STABLE STRICT PARALLEL SAFE
  RETURN CASE WHEN pg_input_is_valid(value, 'timestamptz') THEN value::timestamptz END;

-- In the order of pages; id last, so that a page can start after any row.
CREATE INDEX scim_user_active ON scim_user (tenant_id, active, id);
CREATE INDEX scim_user_display_name ON scim_user (tenant_id, scim_fold(resource->>'displayName'));
CREATE INDEX scim_user_last_modified ON scim_user (tenant_id, modified, id);
DROP INDEX scim_user_modified;
CREATE INDEX scim_group_last_modified ON scim_group (tenant_id, modified, id);
