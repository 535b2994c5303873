import { Alert, Button, Group, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo } from 'react';

import { DossierTrail } from '../../app/dossier-trail';
import { PageHead } from '../../components/page-head';
import { choiceOf } from './choices';
import { useCompanyOpening } from './company-opening';
import { RecentCompanies } from './recent-companies';
import { ResultTable } from './result-table';
import { type Question, questionOf } from './search-form';
import { SearchFormFields } from './search-form-fields';
import { acceptLink, ask, askMore, useSearch } from './search-store';

const TYPING_MS = 350;

/**
 * For the agent who does not know the number: name, place, activity, director; free, without quota and without trace.
 * `dossierId`: the dossier that the company found is for, when the search began in one.
 */
export function SearchScreen({ dossierId }: { readonly dossierId: string | null }): ReactNode {
  const form = useSearch((state) => state.form);
  const isLinked = useSearch((state) => state.isLinked);
  const [settled] = useDebouncedValue(form, TYPING_MS);
  const question = useMemo(() => questionOf(form), [form]);
  useEffect(() => {
    const asked = questionOf(settled);
    if (asked.kind === 'right' && !isLinked) void ask(asked.input);
  }, [settled, isLinked]);
  return (
    <div className="page" role="presentation" onKeyDown={moveAmongResults}>
      {dossierId !== null && <DossierTrail dossierId={dossierId} />}
      <PageHead title="Rechercher une entreprise" summary="Annuaire ouvert des entreprises et des associations : gratuit, sans quota. La consultation, elle, se fait pour un dossier." />
      <SearchFormFields form={form} question={question} />
      {isLinked ? <LinkNotice /> : <Results question={question} dossierId={dossierId} />}
    </div>
  );
}

function LinkNotice(): ReactNode {
  return (
    <Alert color="ink" role="status" title="Numéro reçu d’un autre programme">
      <Group justify="space-between">
        Un lien « instruire:// » a rempli ce numéro. Rien n’a été cherché ni consulté : vérifiez que vous l’attendiez.
        <Button size="xs" onClick={acceptLink}>Chercher ce numéro</Button>
      </Group>
    </Alert>
  );
}

function Results({ question, dossierId }: { readonly question: Question; readonly dossierId: string | null }): ReactNode {
  const { answer, busy, problem, key } = useSearch();
  const { open, question: dossierQuestion } = useCompanyOpening(dossierId);
  if (question.kind === 'none') return <RecentCompanies />;
  if (question.kind === 'wrong') return null;
  const { input } = question;
  const isCurrent = key === JSON.stringify(input);
  return (
    <section aria-label="Résultats" aria-busy={busy}>
      {isCurrent && problem !== null && (
        <Alert color="orange" role="alert" mb="md">
          <Group justify="space-between">{problem}<Button size="xs" variant="default" onClick={() => void (answer === null ? ask(input) : askMore(input))}>Réessayer</Button></Group>
        </Alert>
      )}
      {answer === null && problem === null && <Skeleton h={220} aria-label="Recherche en cours" />}
      {/* There before its words: a region that comes with them is not always spoken. */}
      <Text size="sm" c="dimmed" mb={answer === null ? 0 : 'xs'} role="status">{answer === null ? '' : countSentence(answer.total, answer.matches.length)}</Text>
      {answer !== null && (
        <>
          {answer.matches.length > 0 && <ResultTable matches={answer.matches} onOpen={(match) => open(choiceOf(match, null))} />}
          {answer.page < answer.pageCount && (
            <Group justify="center" mt="md"><Button variant="default" loading={busy} onClick={() => void askMore(input)}>Voir plus</Button></Group>
          )}
        </>
      )}
      {dossierQuestion}
    </section>
  );
}

function countSentence(total: number, shown: number): string {
  if (total === 0) return 'Aucune entreprise ne répond à ces critères : ôtez-en un, ou essayez un autre mot. Les entités en diffusion partielle n’y sont pas : consultez-les par leur SIREN.';
  const count = `${total.toLocaleString('fr-FR')} entreprise${total > 1 ? 's' : ''}`;
  return shown < total ? `${count}, dont les ${shown} premières ci-dessous.` : `${count}.`;
}

/** Arrows walk from the first field to the results and among them. */
function moveAmongResults(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-search-stop]')];
  const place = stops.indexOf(event.target as HTMLElement);
  const next = place < 0 ? undefined : stops[place + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
