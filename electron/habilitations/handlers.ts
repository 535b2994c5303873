import type { Handlers } from '../ipc';
import type { Habilitations } from './habilitations';
import type { Tokens } from './tokens';

export function habilitationHandlers(habilitations: Habilitations, tokens: Tokens): Pick<
  Handlers,
  | 'habilitations.list'
  | 'habilitations.create'
  | 'habilitations.update'
  | 'habilitations.setToken'
  | 'habilitations.setAgents'
  | 'habilitations.testToken'
  | 'habilitations.stopToken'
> {
  return {
    'habilitations.list': (_, { session }) => habilitations.listFor(session.agent),
    'habilitations.create': (draft, { session }) => habilitations.create(session.agent, draft),
    'habilitations.update': ({ id, draft }, { session }) => habilitations.update(session.agent, id, draft),
    'habilitations.setToken': ({ id, token }, { session }) => tokens.setToken(session.agent, id, token),
    'habilitations.setAgents': ({ id, agents }, { session }) => habilitations.setAgents(session.agent, id, agents),
    'habilitations.testToken': ({ id }, { session }) => tokens.testToken(session.agent, id),
    'habilitations.stopToken': ({ id }, { session }) => tokens.stopToken(session.agent, id),
  };
}
