import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { endpointsForUseCase, findEndpoint, relevanceOf } from '../../shared/catalogue';
import { defaultParameters } from '../../shared/catalogue/company-call';
import { type Batch, type BatchChoice, doneCount } from '../../shared/domain/batch';
import type { Dossier } from '../../shared/domain/dossier';
import { IpcFailure } from '../ipc-failure';
import type { Ask } from './ask';
import { EXIT, type ExitCode } from './exit-code';
import type { HeadlessOptions } from './options';
import type { Report } from './report';
import { writeResults } from './results';

export interface HeadlessDeps {
  readonly ask: Ask;
  /** Opens the service account's session. Throws an {@link IpcFailure} when it is refused. */
  readonly openSession: () => Promise<void>;
  /** Traced before the file is written, or nothing is. */
  readonly traceExport: (batch: Batch, detail: string) => Promise<void>;
  readonly report: Report;
  /** The scheduler, or somebody, wants it stopped. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

const LOOK_EVERY_MS = 500;

/** One list, from the file to its results, in the name of a service account. Never rejects. */
export async function runHeadless(options: HeadlessOptions, deps: HeadlessDeps): Promise<ExitCode> {
  let batch: Batch | null = null;
  const end = (code: ExitCode, message: string): ExitCode => {
    deps.report.ended(code, message, batch);
    return code;
  };
  try {
    await deps.openSession();
    const { ask } = deps;
    const dossier = await ask('dossiers.get', { id: options.dossierId });
    batch = await findOrCreate(options, deps, dossier);
    batch = await follow(deps, batch);
    if (deps.signal.aborted) {
      batch = batch.state === 'running' ? await ask('batches.pause', { id: batch.id }) : batch;
      const { counts } = batch;
      return end(EXIT.interrupted, `Interrompu après ${doneCount(counts)} appels sur ${counts.total} : la même commande reprend le lot où il en est.`);
    }
    if (batch.state !== 'done') return end(EXIT.waitsForSomebody, batch.pauseMessage ?? 'Le lot attend.');
    await deps.traceExport(batch, `Résultats du lot « ${batch.title} » écrits dans ${options.outputFolder}.`);
    const path = await writeResults(ask, batch, options.outputFolder);
    const failures = batch.counts.failed + batch.counts.refused + batch.counts.unknown + batch.counts.cancelled;
    return failures === 0 ? end(EXIT.allAnswered, `Terminé : ${path}.`) : end(EXIT.someFailed, `Terminé, ${failures} appels sans réponse : ${path}.`);
  } catch (error) {
    return end(codeOf(error), error instanceof IpcFailure ? error.message : 'Une erreur inattendue a arrêté le lot : voyez le journal technique.');
  }
}

/** The unfinished run of the same list by the same account, else a new one. */
async function findOrCreate(options: HeadlessOptions, { ask, report, now }: HeadlessDeps, dossier: Dossier): Promise<Batch> {
  const title = `${basename(options.file)} (${await fingerprint(options.file)})`;
  const { batches } = await ask('batches.list', { dossierId: dossier.id, text: title, states: ['planned', 'running', 'paused'] });
  const unfinished = batches.find((one) => one.title === title);
  const batch = unfinished ?? (await create(options, ask, dossier, title, now()));
  report.started(batch, unfinished !== undefined);
  return unfinished?.state === 'paused' ? ask('batches.resume', { id: batch.id }) : batch;
}

async function create(options: HeadlessOptions, ask: Ask, dossier: Dossier, title: string, now: Date): Promise<Batch> {
  const preview = await ask('batches.import', { source: { kind: 'file' } });
  if (!preview) throw new IpcFailure('invalid_input', 'Le fichier n’a pas pu être lu : vérifiez que c’est une liste CSV, un classeur ou un texte.');
  const schedule = { startAt: null, hours: options.hours, recurrence: null };
  return ask('batches.create', { importId: preview.importId, dossierId: dossier.id, title, choice: choiceOf(options, dossier, now), schedule, speed: options.speed });
}

function choiceOf({ set, withDocuments }: HeadlessOptions, { useCase }: Dossier, now: Date): BatchChoice {
  const endpoints =
    set === 'indispensables'
      ? endpointsForUseCase(useCase).filter((endpoint) => relevanceOf(endpoint, useCase) === 'indispensable' && endpoint.identifiers.length > 0)
      : set.map((id) => {
          const endpoint = findEndpoint(id.trim());
          if (!endpoint) throw new IpcFailure('invalid_input', `« ${id} » ne figure pas au catalogue : vérifiez cet identifiant de donnée.`);
          return endpoint;
        });
  const parameters = Object.fromEntries(endpoints.map((endpoint) => [endpoint.id, defaultParameters(endpoint, now)]));
  return { endpointIds: endpoints.map(({ id }) => id), parameters, withDocuments, writtenReason: null };
}

/** Until it is over, waits for somebody, or is to be stopped. */
async function follow({ ask, report, signal }: HeadlessDeps, { id }: Batch): Promise<Batch> {
  for (;;) {
    const batch = await ask('batches.get', { id });
    report.progress(batch);
    const isOver = batch.state === 'done' || batch.state === 'cancelled';
    if (isOver || signal.aborted || needsSomebody(batch)) return batch;
    await ask('session.touch', undefined);
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** A cut network and a clock to be confirmed are waited for; twelve hours of suspension are the scheduler's to decide. */
function needsSomebody({ state, pauseReason }: Batch): boolean {
  return state === 'paused' && pauseReason !== 'network' && pauseReason !== 'clock' && pauseReason !== 'hours' && pauseReason !== 'stopped';
}

/** Names the list's content: another file of the same name is another batch. */
async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    throw new IpcFailure('invalid_input', `Le fichier ${path} ne peut pas être lu : vérifiez son nom et ses droits.`);
  }
  return hash.digest('hex').slice(0, 8);
}

const codes: Readonly<Partial<Record<IpcFailure['data']['code'], ExitCode>>> = {
  invalid_input: EXIT.badInput,
  not_found: EXIT.refused,
  forbidden: EXIT.refused,
  refused: EXIT.refused,
  not_signed_in: EXIT.refused,
};

function codeOf(error: unknown): ExitCode {
  return (error instanceof IpcFailure && codes[error.data.code]) || EXIT.waitsForSomebody;
}
