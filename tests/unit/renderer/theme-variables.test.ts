import { expect, it } from 'vitest';

import { themeVariablesSheet } from '../../../renderer/app/theme-variables';

it('the styles that the window reads are those of the theme', async () => {
  await expect(themeVariablesSheet()).toMatchFileSnapshot('../../../renderer/app/theme-variables.css');
});
