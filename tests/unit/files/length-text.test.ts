import { expect, it } from 'vitest';

import { lengthText } from '../../../electron/files/length-text';

it.each([
  [0, 'moins d’une seconde'],
  [0.49, 'moins d’une seconde'],
  [0.5, '1 seconde'],
  [1.4, '1 seconde'],
  [1.5, '2 secondes'],
  [90, '90 secondes'],
  [120, '2 minutes'],
  [7_200, '2 heures'],
  [172_800, '2 jours'],
  [731 * 86_400, '2 ans'],
])('%d seconds are « %s »', (seconds, text) => {
  expect(lengthText(seconds)).toBe(text);
});
