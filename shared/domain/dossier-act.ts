interface About {
  readonly dossierId: string;
  readonly title: string;
  /** ISO day, or null. */
  readonly deadline: string | null;
}

/** Something that a dossier asks of the agent today. */
export type DossierAct =
  | (About & { readonly kind: 'deadline' })
  /** Pieces by name, with their company. */
  | (About & { readonly kind: 'expired' | 'expiring'; readonly pieces: readonly string[] })
  /** How many indispensable pieces are missing. */
  | (About & { readonly kind: 'incomplete'; readonly missing: number });
