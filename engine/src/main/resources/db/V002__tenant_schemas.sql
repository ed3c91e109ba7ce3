-- A tenant's schema extensions: [{"type": "USER", "schema": <document of RFC 7643 §7>}]. As json, not
-- jsonb, because /Schemas serves the documents as they were written.
ALTER TABLE tenant ADD COLUMN schemas json NOT NULL DEFAULT '[]';
