import 'dayjs/locale/fr';

import { DateInput } from '@mantine/dates';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import type { ReactNode } from 'react';

dayjs.extend(customParseFormat);

interface Props {
  readonly label: string;
  /** YYYY-MM-DD; empty: no date. */
  readonly value: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
}

const calendarLabels = {
  previousMonth: 'Mois précédent',
  nextMonth: 'Mois suivant',
  previousYear: 'Année précédente',
  nextYear: 'Année suivante',
  previousDecade: 'Décennie précédente',
  nextDecade: 'Décennie suivante',
  monthLevelControl: 'Choisir le mois',
  yearLevelControl: 'Choisir l’année',
} as const;

const typedFormats = ['DD/MM/YYYY', 'D/M/YYYY', 'DD/MM/YY', 'D/M/YY', 'DDMMYYYY'];

/** The day first, as in France: left to itself the parser would read 05/11 as the eleventh of May. */
function readDay(text: string): string | null {
  const day = dayjs(text.trim(), typedFormats, true);
  return day.isValid() ? day.format('YYYY-MM-DD') : null;
}

/** A day, typed or picked the French way whatever the system's language. */
export function DateField({ label, value, min, max, onChange, error }: Props): ReactNode {
  return (
    <DateInput
      label={label}
      placeholder="jj/mm/aaaa"
      locale="fr"
      valueFormat="DD/MM/YYYY"
      dateParser={readDay}
      firstDayOfWeek={1}
      value={value === '' ? null : value}
      {...(min ? { minDate: min } : {})}
      {...(max ? { maxDate: max } : {})}
      onChange={(day) => onChange(day ?? '')}
      error={error}
      clearable
      clearButtonProps={{ 'aria-label': `Effacer : ${label}` }}
      ariaLabels={calendarLabels}
      w={135}
    />
  );
}
