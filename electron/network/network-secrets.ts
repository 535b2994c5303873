import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

import type { Settings } from '../../shared/ipc/settings';
import type { ClientCertificate, ProxyAccount } from '../http';
import type { MachinePolicy } from '../storage/policy';
import { type Secret } from '../storage/secret';
import type { Vault } from '../storage/vault';

const PASSWORD = 'proxy-password';
const PASSPHRASE = 'client-certificate-passphrase';

export interface NetworkSecrets {
  /** Null when none was typed; to whom it may be given: `createProxyAccounts`. */
  readonly proxyAccount: () => ProxyAccount | null;
  /** The certificate for this origin: the gateway's, or none. @throws when its files cannot be read. */
  readonly clientCertificate: (origin: string) => ClientCertificate | null;
  /** True when the keychain keeps it; false: until the application closes. */
  readonly setPassword: (password: Secret | null) => boolean;
  readonly setPassphrase: (passphrase: Secret | null) => boolean;
  readonly hasPassword: () => boolean;
  readonly hasPassphrase: () => boolean;
}

/** What the way out demands of this workstation: kept by the keychain, in memory alone where there is none. */
export function createNetworkSecrets(vault: Vault, settings: () => Pick<Settings, 'proxyUser'>, policy: MachinePolicy): NetworkSecrets {
  const unkept = new Map<string, Secret>();
  let certificate: ClientCertificate | null | undefined;
  const find = (name: string): Secret | undefined => unkept.get(name) ?? (vault.kind === 'keychain' ? vault.secret(name) : undefined);
  const gatewayOrigin = policy.gatewayUrl === undefined ? null : new URL(policy.gatewayUrl).origin;

  function keep(name: string, secret: Secret | null): boolean {
    certificate = undefined;
    unkept.delete(name);
    if (secret === null) vault.removeSecret(name);
    else if (vault.kind === 'keychain') vault.setSecret(name, secret);
    else unkept.set(name, secret);
    return vault.kind === 'keychain';
  }

  return {
    proxyAccount: () => {
      const { proxyUser } = settings();
      const password = proxyUser === null ? undefined : find(PASSWORD);
      return proxyUser === null || password === undefined ? null : { user: proxyUser, password };
    },
    clientCertificate: (origin) => {
      if (origin !== gatewayOrigin) return null;
      certificate ??= readCertificate(policy, find(PASSPHRASE) ?? null);
      return certificate;
    },
    setPassword: (password) => keep(PASSWORD, password),
    setPassphrase: (passphrase) => keep(PASSPHRASE, passphrase),
    hasPassword: () => find(PASSWORD) !== undefined,
    hasPassphrase: () => find(PASSPHRASE) !== undefined,
  };
}

const PKCS12 = /^\.(p12|pfx)$/i;

function readCertificate({ clientCertificateFile: path, clientCertificateKeyFile: keyPath }: MachinePolicy, passphrase: Secret | null): ClientCertificate | null {
  if (path === undefined) return null;
  const bytes = readFileSync(path);
  if (PKCS12.test(extname(path))) return { content: { pfx: bytes }, passphrase };
  return { content: { cert: bytes, key: keyPath === undefined ? bytes : readFileSync(keyPath) }, passphrase };
}
