-- What a token opens: the SCIM endpoint for the identity provider, or the change feed for Phonemos.
ALTER TABLE token ADD COLUMN scope text NOT NULL DEFAULT 'scim' CHECK (scope IN ('scim', 'changes'));
