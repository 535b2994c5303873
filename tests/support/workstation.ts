import { randomUUID } from 'node:crypto';

import { request } from 'undici';

import { type Composition, compose } from '../../electron/compose';
import { dispatch } from '../../electron/dispatch';
import { CONTROL_HEADER, type Fault, type LoggedRequest } from '../../electron/sandbox';
import { SANDBOX_RECIPIENT } from '../../electron/habilitations/sandbox-habilitation';
import type { FinalConsultationState } from '../../shared/domain/consultation';
import type { StoredDocument } from '../../shared/domain/document';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc';
import type { IpcErrorData } from '../../shared/ipc/define';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost, type TestHostOptions } from './host';

/** The screens' side of the real composition: what the renderer may ask, as it asks it. */
export class Workstation {
  constructor(
    readonly host: TestHost,
    readonly composition: Composition,
  ) {}

  static async start(host: TestHost): Promise<Workstation> {
    const composition = await compose(host.host);
    await composition.dispatch.ready();
    return new Workstation(host, composition);
  }

  async ask<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
    const result = await dispatch(this.composition.dispatch, channel, input);
    if (result.ok) return result.value as ChannelOutput<C>;
    throw new Error(`${channel}: ${JSON.stringify(result.error)} ${this.host.logLines.at(-1) ?? ''}`);
  }

  async refusal(channel: ChannelName, input: unknown): Promise<IpcErrorData> {
    const result = await dispatch(this.composition.dispatch, channel, input);
    if (result.ok) throw new Error(`${channel} was not refused`);
    return result.error;
  }

  async openFirstAccount(): Promise<void> {
    await this.ask('session.createFirstAccount', account);
  }

  /** A dossier under the sandbox's habilitation, with the company in it. */
  async openDossier(identifier: string, changes: Partial<ChannelInput<'dossiers.create'>> = {}): Promise<string> {
    const [habilitation] = await this.ask('habilitations.list', undefined);
    if (!habilitation) throw new Error('the sandbox has no habilitation');
    const { id } = await this.ask('dossiers.create', {
      title: 'Réfection du préau',
      habilitationId: habilitation.id,
      useCase: 'marches_publics',
      context: habilitation.contexts[0] ?? '',
      recipient: SANDBOX_RECIPIENT,
      object: 'MP-2026-014',
      ...changes,
    });
    await this.ask('dossiers.addCompany', { id, identifier, siret: null, name: 'Entreprise inventée' });
    return id;
  }

  consult(dossierId: string, endpointId: string, identifier: string, more: Partial<ChannelInput<'consultation.run'>> = {}): Promise<FinalConsultationState> {
    return this.ask('consultation.run', { consultationId: randomUUID(), dossierId, endpointId, identifier, parameters: {}, ...more });
  }

  async fetchDocument(consultationId: string, pointer: string): Promise<StoredDocument> {
    const result = await this.ask('documents.fetch', { downloadId: randomUUID(), consultationId, pointer });
    if (result.step === 'stored') return result.document;
    throw new Error(`documents.fetch: ${JSON.stringify(result.error)}`);
  }

  async addFault(fault: Fault): Promise<void> {
    await this.control('POST', '/faults', fault);
  }

  /** Calls that the service received since the last {@link forgetRequests}. */
  async receivedRequests(): Promise<readonly LoggedRequest[]> {
    return (await this.control('GET', '/requests')) as readonly LoggedRequest[];
  }

  async forgetRequests(): Promise<void> {
    await this.control('DELETE', '/requests');
  }

  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const { controlUrl, controlSecret } = this.host.sandboxAccess();
    const answer = await request(`${controlUrl}${path}`, {
      method,
      headers: { [CONTROL_HEADER]: controlSecret },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`the sandbox control answered ${answer.statusCode} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    await this.composition.close();
  }
}

/** A workstation on data of its own, its first account signed in. End it with {@link closeWorkstation}. */
export async function openWorkstation(options: TestHostOptions = {}): Promise<Workstation> {
  await bundleWorkers();
  const station = await Workstation.start(createTestHost(options));
  await station.openFirstAccount();
  return station;
}

/** Ends the workstation of {@link openWorkstation}, and leaves nothing of it. */
export async function closeWorkstation(station: Workstation): Promise<void> {
  await station.stop();
  station.host.remove();
  removeWorkers();
}

export const account = {
  login: 'camille',
  displayName: 'Camille Rivière',
  organisation: 'Commune de Valmont-les-Prés',
  password: 'quatre mots sans rapport',
} as const;
