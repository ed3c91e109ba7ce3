// SCIMMY (npm scimmy, scimmy-routers) with its resources kept in memory, for the simulators to talk to.
// Prints the port on which it listens; ends when its standard input does. node server.mjs [PORT [checked]]:
// checked keeps members to those who exist, which SCIMMY leaves to the store.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const [, , port = "0", mode] = process.argv;
const checked = mode === "checked";

function store(unique, { members = () => {}, gone = () => {} } = {}) {
  const resources = new Map();
  const missing = (id) => new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
  const key = (resource) => String(resource[unique]).toLowerCase();
  return {
    resources,
    ingress(resource, data) {
      members(data);
      const id = resource.id ?? randomUUID();
      if (resource.id && !resources.has(id)) {
        throw missing(id);
      }
      const taken = [...resources.values()].some((other) => other.id !== id && key(other) === key(data));
      if (taken) {
        throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} is taken`);
      }
      const now = new Date().toISOString();
      const created = resources.get(id)?.meta.created ?? now;
      const saved = { ...JSON.parse(JSON.stringify(data)), id, meta: { created, lastModified: now } };
      resources.set(id, saved);
      return structuredClone(saved);
    },
    egress(resource) {
      if (resource.id) {
        if (!resources.has(resource.id)) {
          throw missing(resource.id);
        }
        return structuredClone(resources.get(resource.id));
      }
      const all = structuredClone([...resources.values()]);
      return resource.filter ? resource.filter.match(all) : all;
    },
    degress(resource) {
      if (!resources.delete(resource.id)) {
        throw missing(resource.id);
      }
      gone(resource.id);
    },
  };
}

const groups = store("displayName", {
  members(group) {
    const unknown = (group.members ?? []).some(({ value }) => !users.resources.has(value) && !groups.resources.has(value));
    if (checked && unknown) {
      throw new SCIMMY.Types.Error(400, "invalidValue", "A member is unknown");
    }
  },
});
const users = store("userName", {
  gone(user) {
    if (checked) {
      for (const group of groups.resources.values()) {
        group.members = group.members?.filter(({ value }) => value !== user);
      }
    }
  },
});

SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser), users);
SCIMMY.Resources.declare(SCIMMY.Resources.Group, groups);

const app = express();
app.use(
  "/scim/v2",
  new SCIMMYRouters({
    type: "bearer",
    docUri: "https://scim.example/",
    handler: (request) => {
      if (!/^bearer foreign$/i.test(request.header("Authorization"))) {
        throw new Error("Authorization not detected!");
      }
      return "idp";
    },
  }),
);
const server = app.listen(Number(port), "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
