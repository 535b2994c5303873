import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Endpoint, EndpointParameter } from '../../../shared/catalogue/types';
import { parameterLabel, parameterProblem } from './parameter-values';

interface CallParametersProps {
  readonly endpoint: Endpoint;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

/** What the call asks beyond the company: year, month, depth… */
export function CallParameters({ endpoint, values, onChange }: CallParametersProps): ReactNode {
  const editable = endpoint.parameters.filter((parameter) => parameter.in !== 'header');
  if (editable.length === 0) return null;
  return (
    <Group gap="sm" align="flex-start" role="group" aria-label="Paramètres de l’appel">
      {editable.map((parameter) => (
        <Field key={parameter.name} parameter={parameter} value={values[parameter.name] ?? ''} onChange={(value) => onChange({ ...values, [parameter.name]: value })} />
      ))}
    </Group>
  );
}

interface FieldProps {
  readonly parameter: EndpointParameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ parameter, value, onChange }: FieldProps): ReactNode {
  const common = { label: parameter.label, size: 'xs', w: 150, error: parameterProblem(parameter, value) } as const;
  if (parameter.enum) {
    const data = parameter.enum.map((option) => ({ value: option, label: parameterLabel(parameter.name, option) }));
    // The list is made when it opens: placing it measures the whole sheet, and each card that fills would pay for it.
    return <Select {...common} comboboxProps={{ keepMounted: false }} data={data} value={value === '' ? null : value} allowDeselect={!parameter.required} onChange={(next) => onChange(next ?? '')} />;
  }
  if (parameter.type === 'integer' || parameter.name === 'year' || parameter.name === 'annee') {
    return <NumberInput {...common} value={value === '' ? '' : Number(value)} allowDecimal={false} allowNegative={false} thousandSeparator="" onChange={(next) => onChange(String(next))} />;
  }
  return <TextInput {...common} value={value} maxLength={100} onChange={(event) => onChange(event.currentTarget.value)} />;
}
