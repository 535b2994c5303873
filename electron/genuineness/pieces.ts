import { randomUUID } from 'node:crypto';

import type { Agent } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import type { ListedFile, SuppliedFile } from '../../shared/domain/supplied-file';
import type { FileStore } from '../documents';
import { ReaderError } from '../http';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { PdfText, ReadPdfText } from './pdf-text';
import { readFacts } from './piece-facts';
import { type PieceRecord, type PieceRecords, withoutFileId } from './piece-records';

export interface PiecesDeps {
  readonly records: PieceRecords;
  /** A folder of its own: nothing supplied lies among what was fetched. */
  readonly store: FileStore;
  readonly readPdfText: ReadPdfText;
  /** Throws an {@link IpcFailure} when this agent may not open this dossier. */
  readonly dossierOf: (agent: Agent, dossierId: string) => Dossier;
  /** Pieces of a dossier's list that a document was said to stand for. */
  readonly standIns: {
    labelsOf(dossier: Dossier, fileId: string): readonly string[];
    forget(dossierId: string, fileId: string): void;
  };
  readonly record: RecordEvent;
  readonly clock: Clock;
}

interface NewPiece {
  readonly dossierId: string;
  readonly identifier: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

type TracedPiece = Pick<SuppliedFile, 'identifier' | 'sha256'>;

/** Documents that companies handed over: checked, sealed, traced, and never taken for those of the source. */
export class Pieces {
  constructor(private readonly deps: PiecesDeps) {}

  async add(agent: Agent, { dossierId, identifier, fileName, bytes }: NewPiece): Promise<SuppliedFile> {
    const dossier = this.deps.dossierOf(agent, dossierId);
    if (dossier.state !== 'open') throw new IpcFailure('conflict', 'Ce dossier n’est plus ouvert : rouvrez-le pour y déposer un document.');
    if (!dossier.companies.some((company) => company.identifier === identifier)) throw new IpcFailure('not_found', 'Cette entreprise ne fait pas partie du dossier : ajoutez-l’y d’abord.');
    const file = await this.deps.store.receive(oneChunk(Buffer.from(bytes))).catch(refusedByDisk);
    try {
      const mediaType = acceptedType(file.verdict);
      const read: PdfText = mediaType === 'application/pdf' ? await this.deps.readPdfText(bytes) : { state: 'image', text: '' };
      const facts = { originalName: fileName, mediaType, byteLength: file.byteLength, sha256: file.sha256, kind: readFacts(read.text).kind, textState: read.state };
      const fileId = await file.keep().catch(refusedByDisk);
      const record = { id: randomUUID(), dossierId, identifier, addedAt: new Date(this.deps.clock.now()).toISOString(), addedBy: agent.displayName, ...facts, fileId };
      await this.#traceAndName(agent, dossier, record);
      return withoutFileId(record);
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** Of what is on disk for good. Without its trace, or its dossier deleted meanwhile, nothing of it is kept. */
  async #traceAndName(agent: Agent, dossier: Dossier, record: PieceRecord): Promise<void> {
    const { identifier, originalName, sha256, fileId } = record;
    try {
      await this.trace(agent, dossier, record, 'piece.supplied', `Document fourni par la structure ${identifier} déposé : ${originalName}, empreinte ${sha256}.`);
      this.deps.dossierOf(agent, record.dossierId);
      this.deps.records.add(record);
    } catch (error) {
      this.deps.store.remove(fileId);
      throw error;
    }
  }

  list(agent: Agent, dossierId: string): readonly ListedFile[] {
    const dossier = this.deps.dossierOf(agent, dossierId);
    return this.deps.records.list(dossierId).map((record) => ({ ...withoutFileId(record), standsFor: this.deps.standIns.labelsOf(dossier, record.id) }));
  }

  /** For an export that has checked the right to the dossier. */
  recordsOf(dossierId: string, identifier: string): readonly PieceRecord[] {
    return this.deps.records.list(dossierId).filter((record) => record.identifier === identifier);
  }

  async read(agent: Agent, id: string): Promise<Uint8Array<ArrayBuffer>> {
    const { record, dossier } = this.open(agent, id);
    await this.trace(agent, dossier, record, 'document.opened', `Document fourni par la structure ${record.identifier} lu : ${record.originalName}, empreinte ${record.sha256}.`);
    return this.bytesOf(record);
  }

  async remove(agent: Agent, id: string): Promise<void> {
    const { record, dossier } = this.open(agent, id);
    if (dossier.state !== 'open') throw new IpcFailure('conflict', 'Ce dossier n’est plus ouvert : rouvrez-le pour en retirer un document.');
    await this.trace(agent, dossier, record, 'piece.removed', `Document fourni par la structure ${record.identifier} retiré : ${record.originalName}, empreinte ${record.sha256}.${consequence(this.deps.standIns.labelsOf(dossier, id))}`);
    // First what names it: cut in between, the document is still there to be removed, and stands for nothing.
    this.deps.standIns.forget(dossier.id, id);
    this.deps.records.remove(id);
    this.deps.store.remove(record.fileId);
  }

  /** A piece that this agent may see, and its dossier. @throws {IpcFailure} */
  open(agent: Agent, id: string): { readonly record: PieceRecord; readonly dossier: Dossier } {
    const record = this.deps.records.find(id);
    if (!record) throw new IpcFailure('not_found', 'Ce document fourni n’est plus sur ce poste : revenez à la liste.');
    return { record, dossier: this.deps.dossierOf(agent, record.dossierId) };
  }

  async bytesOf({ fileId }: PieceRecord): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.deps.store.has(fileId)) throw new IpcFailure('not_found', 'Le fichier de ce document a disparu du poste : déposez-le à nouveau.');
    return collected(this.deps.store.read(fileId));
  }

  trace(agent: Agent, dossier: Dossier, { identifier, sha256 }: TracedPiece, event: TracedEvent['event'], detail: string): Promise<void> {
    const { id: dossierId, title: dossierTitle, habilitationId } = dossier;
    const about = { dossierId, dossierTitle, habilitationId, identifier, documentSha256: sha256 };
    return traceOrRefuse(this.deps.record, { ...by(agent), ...about, event, outcome: 'success', detail });
  }
}

function refusedByDisk(error: unknown): never {
  if (!(error instanceof ReaderError)) throw error;
  throw new IpcFailure('unavailable', 'Ce fichier n’a pas pu être écrit sur ce poste : libérez de l’espace sur le disque, puis déposez-le à nouveau.');
}

function consequence(labels: readonly string[]): string {
  return labels.length === 0 ? '' : ` Il tenait lieu de : ${labels.join(', ')}, à recevoir de nouveau.`;
}

export async function collected(chunks: AsyncIterable<Buffer>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

const problems = {
  empty: 'Ce fichier est vide : il n’a pas été déposé. Redemandez-le à la structure.',
  not_a_document: 'Ce fichier n’est ni un PDF ni une image : il n’a pas été déposé. Redemandez-le à la structure.',
  truncated: 'Ce fichier est incomplet : sa fin manque. Redemandez-le à la structure.',
  infected: 'Ce fichier contient une marque de programme malveillant : il n’a pas été déposé. Prévenez votre service informatique.',
  launches_program: 'Ce fichier tente de lancer un programme à l’ouverture : il n’a pas été déposé. Prévenez votre service informatique.',
  script_at_opening: 'Ce fichier exécute un script dès son ouverture : il n’a pas été déposé. Redemandez-le à la structure.',
  oversized_part: 'Ce fichier cache une quantité démesurée de données : il n’a pas été déposé. Redemandez-le à la structure.',
  program_in_archive: 'Cette archive contient un programme : elle n’a pas été déposée. Prévenez votre service informatique.',
  leaves_its_folder: 'Cette archive écrirait hors de son dossier : elle n’a pas été déposée. Prévenez votre service informatique.',
} as const;

type Verdict = Awaited<ReturnType<FileStore['receive']>>['verdict'];

function acceptedType(verdict: Verdict): SuppliedFile['mediaType'] {
  if ('problem' in verdict) throw new IpcFailure('refused', problems[verdict.problem]);
  if (verdict.mediaType === 'application/zip') throw new IpcFailure('refused', problems.not_a_document);
  return verdict.mediaType;
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
