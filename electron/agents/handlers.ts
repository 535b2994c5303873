import type { ChannelOutput } from '../../shared/ipc';
import type { Handlers } from '../ipc';
import type { Accounts } from './accounts';
import { IpcFailure } from '../ipc-failure';
import type { OidcSignIn } from './oidc/oidc-sign-in';
import type { SessionKeeper } from './session-keeper';
import type { SignIn } from './sign-in';

export interface SessionHandlersDeps {
  readonly accounts: Accounts;
  readonly signIn: SignIn;
  readonly oidc: OidcSignIn | null;
  readonly keeper: SessionKeeper;
  /** What the application knows of itself: accounts, versions, environment, keychain, notices. */
  readonly startState: () => Omit<ChannelOutput<'session.start'>, 'session' | 'lockedAgent'>;
}

export function sessionHandlers({ accounts, signIn, oidc, keeper, startState }: SessionHandlersDeps): Pick<
  Handlers,
  | 'session.start'
  | 'session.createFirstAccount'
  | 'session.signIn'
  | 'session.startOidc'
  | 'session.cancelOidc'
  | 'session.signOut'
  | 'session.lock'
  | 'session.unlock'
  | 'session.touch'
  | 'session.changePassword'
  | 'session.protection'
  | 'session.beginSecondFactor'
  | 'session.confirmSecondFactor'
  | 'session.removeSecondFactor'
> {
  return {
    'session.start': () => {
      const locked = keeper.lockedAgent();
      return {
        ...startState(),
        session: keeper.current(),
        lockedAgent: locked && { login: locked.login, displayName: locked.displayName },
      };
    },
    'session.createFirstAccount': async (input) => {
      const agent = await accounts.createFirst(input);
      return signIn.signIn(agent.login, { password: input.password });
    },
    'session.signIn': ({ login, ...credentials }) => signIn.signIn(login, credentials),
    'session.startOidc': () => {
      if (!oidc) throw new IpcFailure('refused', 'Ce poste s’ouvre par mot de passe : votre organisation n’a pas choisi de service d’identification. Saisissez votre identifiant et votre mot de passe.');
      return oidc.start();
    },
    'session.cancelOidc': () => {
      oidc?.cancel();
      return null;
    },
    'session.signOut': async () => {
      await signIn.signOut();
      return null;
    },
    'session.lock': () => {
      keeper.lock();
      return null;
    },
    'session.unlock': (credentials) => signIn.unlock(credentials),
    'session.touch': () => {
      keeper.touch();
      return null;
    },
    ...ownAccountHandlers(signIn),
  };
}

function ownAccountHandlers(signIn: SignIn): Pick<
  Handlers,
  'session.changePassword' | 'session.protection' | 'session.beginSecondFactor' | 'session.confirmSecondFactor' | 'session.removeSecondFactor'
> {
  return {
    'session.changePassword': async ({ currentPassword, newPassword }, { session }) => {
      await signIn.changePassword(session.agent, currentPassword, newPassword);
      return null;
    },
    'session.protection': (_, { session }) => signIn.protectionOf(session.agent),
    'session.beginSecondFactor': async (_, { session }) => {
      const { secret, uri } = signIn.beginSecondFactor(session.agent);
      const { toString: qrCodeOf } = await import('qrcode');
      return { secret, qrCodeSvg: await qrCodeOf(uri, { type: 'svg' }) };
    },
    'session.confirmSecondFactor': async ({ code }, { session }) => ({
      recoveryCodes: await signIn.confirmSecondFactor(session.agent, code),
    }),
    'session.removeSecondFactor': async ({ password }, { session }) => {
      await signIn.removeSecondFactor(session.agent, password);
      return null;
    },
  };
}

export function agentHandlers(accounts: Accounts): Pick<
  Handlers,
  'agents.list' | 'agents.create' | 'agents.setState' | 'agents.setRole' | 'agents.resetPassword' | 'agents.removeSecondFactor'
> {
  return {
    'agents.list': () => accounts.list(),
    'agents.create': (draft, { session }) => accounts.create(session.agent, draft),
    'agents.setState': ({ id, state }, { session }) => accounts.setState(session.agent, id, state),
    'agents.setRole': ({ id, role }, { session }) => accounts.setRole(session.agent, id, role),
    'agents.removeSecondFactor': ({ id }, { session }) => accounts.removeSecondFactor(session.agent, id),
    'agents.resetPassword': async ({ id }, { session }) => {
      const { temporaryPassword } = await accounts.resetPassword(session.agent, id);
      return { temporaryPassword };
    },
  };
}
