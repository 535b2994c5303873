/** Roles of an account; `service` runs batches without a window and never signs in on screen. */
export const ROLES = ['agent', 'responsable', 'auditeur', 'service'] as const;
export type Role = (typeof ROLES)[number];

export const roleLabels: Readonly<Record<Role, string>> = {
  agent: 'Agent instructeur',
  responsable: 'Responsable',
  auditeur: 'Auditeur (DPO)',
  service: 'Compte de service',
};

/** What a channel or an action may demand; checked in main, in one place. */
export const RIGHTS = [
  'dossiers.read',
  'dossiers.write',
  'dossiers.manage',
  'consult',
  'documents.read',
  'batches.run',
  'journal.own',
  'journal.all',
  'journal.keep',
  'habilitations.read',
  'habilitations.manage',
  'agents.manage',
  'settings.manage',
  'diagnostics.read',
] as const;
export type Right = (typeof RIGHTS)[number];

const agentRights: readonly Right[] = [
  'dossiers.read',
  'dossiers.write',
  'consult',
  'documents.read',
  'batches.run',
  'journal.own',
  'habilitations.read',
  'diagnostics.read',
];

/** The written matrix of rights: `docs/rights.md` says the same in words, and a test compares them. */
export const rightsOfRole: Readonly<Record<Role, ReadonlySet<Right>>> = {
  agent: new Set(agentRights),
  responsable: new Set<Right>([
    ...agentRights,
    'dossiers.manage',
    'habilitations.manage',
    'agents.manage',
    'settings.manage',
    'journal.keep',
  ]),
  // Reads, verifies and exports the whole journal; sees no company data.
  auditeur: new Set<Right>(['journal.own', 'journal.all', 'journal.keep', 'diagnostics.read']),
  service: new Set<Right>(['dossiers.read', 'consult', 'documents.read', 'batches.run', 'journal.own']),
};

export function hasRight(role: Role, right: Right): boolean {
  return rightsOfRole[role].has(right);
}
