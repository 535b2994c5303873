import { z } from 'zod';

import { channel, nothing } from './define';
import { idSchema, lineSchema, roleSchema } from './schemas';
import { loginSchema } from './session';
import { agentSchema } from './start';

/** Shown once to the responsable, who hands it over; its owner must change it at his next sign-in. */
const temporaryPasswordSchema = z.string();

const nameSchema = (message: string) => lineSchema.trim().min(1, message);

export const agentChannels = {
  'agents.list': channel('agents.manage', nothing, z.array(agentSchema)),
  'agents.create': channel(
    'agents.manage',
    z.object({
      login: loginSchema,
      displayName: nameSchema('Saisissez le nom de la personne.'),
      organisation: nameSchema("Saisissez le nom de l’organisation."),
      role: roleSchema,
    }),
    z.object({ agent: agentSchema, temporaryPassword: temporaryPasswordSchema }),
  ),
  'agents.setState': channel(
    'agents.manage',
    z.object({ id: idSchema, state: z.enum(['active', 'suspended']) }),
    agentSchema,
  ),
  'agents.setRole': channel('agents.manage', z.object({ id: idSchema, role: roleSchema }), agentSchema),
  /** For a lost telephone. */
  'agents.removeSecondFactor': channel('agents.manage', z.object({ id: idSchema }), agentSchema),
  'agents.resetPassword': channel(
    'agents.manage',
    z.object({ id: idSchema }),
    z.object({ temporaryPassword: temporaryPasswordSchema }),
  ),
} as const;
