import { create } from 'zustand';

import { callMain, SaidError } from '../../app/bridge';
import { navigate, type Screen, useNavigation } from '../../app/navigation';
import { sessionStore } from '../../app/session-memory';
import { tourCompany, tourDossier, tourSteps } from './tour-steps';

interface Place {
  readonly step: number;
  /** The home screen still offers the tour. */
  readonly isOffered: boolean;
}

interface Tour {
  /** Where the agent stands; null until read. */
  readonly place: Place | null;
  /** Dossier of the tour under way; null: no tour is under way. */
  readonly dossierId: string | null;
}

export const useTour = sessionStore(create<Tour>(() => ({ place: null, dossierId: null })));

/** Reads where the agent left the tour; the first time, it is offered. */
export async function readPlace(agentId: string): Promise<void> {
  const { tours } = await callMain('settings.get', undefined);
  useTour.setState({ place: tours.find((tour) => tour.agentId === agentId) ?? { step: 0, isOffered: true } });
}

/** Starts the tour, or goes on with it, in its own dossier. @throws {SaidError} when no token can serve. */
export async function startTour(agentId: string): Promise<void> {
  const dossierId = await makeDossier();
  useTour.setState({ dossierId });
  await goToStep(agentId, useTour.getState().place?.step ?? 0);
}

export async function goToStep(agentId: string, step: number): Promise<void> {
  const { dossierId } = useTour.getState();
  const shown = tourSteps[step];
  if (dossierId === null || !shown) return;
  openOnce(shown.screen(dossierId));
  await keep(agentId, { step, isOffered: false });
}

/** Two steps on one screen are one place to come back to. */
function openOnce(screen: Screen): void {
  if (JSON.stringify(useNavigation.getState().screen) !== JSON.stringify(screen)) navigate(screen);
}

/** Leaves the tour where it stands: `?` takes it up again there. */
export function pauseTour(): void {
  useTour.setState({ dossierId: null });
}

/** The tour is over, or refused: the home screen offers it no more, `?` always does. */
export async function endTour(agentId: string): Promise<void> {
  useTour.setState({ dossierId: null });
  await keep(agentId, { step: 0, isOffered: false });
}

async function makeDossier(): Promise<string> {
  const [{ dossierFor, usableOnes }, habilitations] = await Promise.all([import('../first-steps/trial'), callMain('habilitations.list', undefined)]);
  const usable = usableOnes(habilitations, 'sandbox')[0];
  if (!usable) throw new SaidError('La visite a besoin d’une habilitation du bac à sable dont le jeton est actif : ouvrez « Habilitations » pour en remettre un en service.');
  return (await dossierFor(usable, tourCompany, tourDossier)).id;
}

async function keep(agentId: string, place: Place): Promise<void> {
  useTour.setState({ place });
  const { tours } = await callMain('settings.get', undefined);
  await callMain('settings.update', { tours: [...tours.filter((tour) => tour.agentId !== agentId), { agentId, ...place }] });
}
