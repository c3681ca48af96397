export type Role = 'platform_admin' | 'company_admin' | 'manager' | 'staff' | 'viewer'

export const roles: readonly Role[] = ['platform_admin', 'company_admin', 'manager', 'staff', 'viewer']

export type Permission =
  | 'companies.create'
  | 'companies.configure'
  | 'companies.apply'
  | 'agents.read'
  | 'agents.change'
  | 'users.manage'
  | 'appointments.change'
  | 'callbacks.change'
  | 'calls.read'
  | 'appointments.read'
  | 'customers.read'
  | 'customers.vip'
  | 'deliveries.read'
  | 'deliveries.replay'
  | 'audit.read'
  | 'platform.read'

const viewer: readonly Permission[] = ['calls.read', 'appointments.read', 'customers.read', 'agents.read']
const staff: readonly Permission[] = [...viewer, 'appointments.change', 'callbacks.change']
const manager: readonly Permission[] = [...staff, 'agents.change', 'companies.configure', 'deliveries.read']
const companyAdmin: readonly Permission[] = [
  ...manager,
  'companies.apply',
  'users.manage',
  'deliveries.replay',
  'customers.vip',
  'audit.read',
]

const granted: { readonly [R in Role]: ReadonlySet<Permission> } = {
  viewer: new Set(viewer),
  staff: new Set(staff),
  manager: new Set(manager),
  company_admin: new Set(companyAdmin),
  platform_admin: new Set<Permission>([...companyAdmin, 'companies.create', 'platform.read']),
}

export const allows = (role: Role, permission: Permission): boolean => granted[role].has(permission)
export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)
