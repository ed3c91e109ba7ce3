-- Whether a group of the tenant is, or was, a member of another: those that have none pay nothing for it.
ALTER TABLE tenant ADD COLUMN nested boolean NOT NULL DEFAULT false;
