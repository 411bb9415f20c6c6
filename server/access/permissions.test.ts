import { describe, expect, it } from "vitest";
import { isPermitted, permissionsOf } from "./permissions";
import { type Permission, permissionSchema, type Role, roleSchema } from "./schema";

const holders = (permission: Permission): Role[] => roleSchema.options.filter((role) => isPermitted(role, permission));

describe("the permission table", () => {
  it("gives the owner everything, and the admin everything but the making of owners", () => {
    expect(permissionsOf("owner").sort()).toEqual([...permissionSchema.options].sort());
    expect(permissionsOf("owner").filter((permission) => !isPermitted("admin", permission))).toEqual(["owners.manage"]);
  });

  it.each([
    ["inbox.write", ["owner", "admin", "operator"]],
    ["inbox.read", ["owner", "admin", "operator", "read_only"]],
    ["sales.read", ["owner", "admin", "accountant", "read_only"]],
    ["sales.export", ["owner", "admin", "accountant"]],
    ["sync.run", ["owner", "admin", "operator", "warehouse", "accountant"]],
    ["orders.write", ["owner", "admin", "operator", "warehouse"]],
    ["orders.export", ["owner", "admin", "warehouse", "accountant"]],
    ["catalog.write", ["owner", "admin", "warehouse"]],
    ["tokens.manage", ["owner", "admin"]],
  ] as const)("%s is for %j", (permission, roles) => {
    expect(holders(permission)).toEqual(roles);
  });

  it.each(permissionSchema.options.filter((permission) => permission.endsWith(".manage") && permission !== "owners.manage"))(
    "%s is for owners and admins only",
    (permission) => {
      expect(holders(permission)).toEqual(["owner", "admin"]);
    },
  );

  it("lets everybody see home and mind their own account", () => {
    for (const permission of ["home.read", "sessions.own", "profile.own"] as const) expect(holders(permission)).toEqual(roleSchema.options);
  });

  it("lets read-only take nothing out and change nothing", () => {
    expect(permissionsOf("read_only").filter((permission) => !permission.endsWith(".read") && !permission.endsWith(".own"))).toEqual([]);
  });
});
