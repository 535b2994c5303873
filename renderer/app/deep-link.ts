import type { ChannelOutput } from '../../shared/ipc';
import { showFailure, showLink } from '../components/toasts';
import { openLinked } from '../features/search';
import { callMain, onMain } from './bridge';
import { navigate } from './navigation';

type DeepLink = NonNullable<ChannelOutput<'deepLink.take'>>;

/** Shows what links of other programs ask for, from now on and since before the sign-in; they do nothing more. */
export function followLinks(): () => void {
  const take = (): void => {
    callMain('deepLink.take', undefined).then((link) => link && show(link), showFailure);
  };
  take();
  return onMain('deepLink.arrived', take);
}

function show(link: DeepLink): void {
  if (link.kind === 'dossier') {
    navigate({ name: 'dossier', dossierId: link.dossierId });
    showLink('Un lien reçu d’un autre programme a ouvert ce dossier. Rien d’autre n’a été fait.');
  } else {
    openLinked(link.identifier);
  }
}
