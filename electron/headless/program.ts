import { join } from 'node:path';

import type { Agent } from '../../shared/domain/agent';
import type { Composition } from '../compose';
import { dispatch } from '../dispatch';
import type { Host } from '../host';
import { IpcFailure } from '../ipc-failure';
import { Secret } from '../storage/secret';
import type { Ask } from './ask';
import { EXIT, type ExitCode } from './exit-code';
import { type HeadlessOptions, readOptions } from './options';
import type { Report } from './report';
import { runHeadless } from './run';

type Dialogs = Pick<Host, 'askOpenPath' | 'askSavePath'>;

export interface ProgramDeps {
  readonly argv: readonly string[];
  /** Opens the data of this workstation, with what answers in place of its dialogs. Rejects when they cannot be opened. */
  readonly open: (dialogs: Dialogs) => Promise<Composition>;
  readonly explain: (error: unknown) => string;
  /** Whole text of a file, or of the standard input for `-`. */
  readonly readSecret: (from: string) => Promise<string>;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** From the command line to the exit code; everything is closed when it resolves. */
export async function headlessProgram(deps: ProgramDeps): Promise<ExitCode> {
  const { report } = deps;
  const options = readOptions(deps.argv);
  if (!options.ok) {
    report.ended(EXIT.badInput, options.message, null);
    return EXIT.badInput;
  }
  let composition: Composition;
  try {
    composition = await deps.open(dialogsOf(options.value));
  } catch (error) {
    report.ended(EXIT.cannotStart, deps.explain(error), null);
    return EXIT.cannotStart;
  }
  const { login, secretFrom, keepsSecret } = options.value;
  let agent: Agent | null = null;
  const openSession = async (): Promise<void> => {
    const given = secretFrom === null ? null : await secretOf(deps, secretFrom);
    agent = await composition.headless.openService(login, given, keepsSecret);
  };
  const code = await runHeadless(options.value, {
    ...{ ask: askOf(composition), openSession, report, signal: deps.signal, now: deps.now },
    traceExport: async (batch, detail) => (agent ? composition.headless.traceExport(agent, batch, detail) : undefined),
  });
  await composition.close();
  return code;
}

/** The list is the file given; what is saved goes to the folder given, under the name that a dialog would propose. */
function dialogsOf({ file, outputFolder }: HeadlessOptions): Dialogs {
  return { askOpenPath: () => Promise.resolve(file), askSavePath: (fileName) => Promise.resolve(join(outputFolder, fileName)) };
}

async function secretOf({ readSecret }: ProgramDeps, from: string): Promise<Secret> {
  try {
    return new Secret((await readSecret(from)).trim());
  } catch {
    throw new IpcFailure('invalid_input', `Le secret du compte ne peut pas être lu (${from === '-' ? 'entrée standard' : from}) : vérifiez que ce fichier existe et que vous pouvez le lire.`);
  }
}

function askOf(composition: Composition): Ask {
  return async (channel, input) => {
    const result = await dispatch(composition.dispatch, channel, input);
    if (!result.ok) throw new IpcFailure(result.error.code, result.error.message, result.error.field);
    return result.value as never;
  };
}
