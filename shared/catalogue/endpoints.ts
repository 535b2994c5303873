import { ademeEndpoints } from './ademe';
import { banqueDeFranceEndpoints } from './banque-de-france';
import { carifOrefEndpoints } from './carif-oref';
import { cibtpEndpoints } from './cibtp';
import { cmaFranceEndpoints } from './cma-france';
import { cnetpEndpoints } from './cnetp';
import { dataSubventionEndpoints } from './data-subvention';
import { dgfipEndpoints } from './dgfip';
import { djepvaEndpoints } from './djepva';
import { douanesEndpoints } from './douanes';
import { europeanCommissionEndpoints } from './european-commission';
import { fntpEndpoints } from './fntp';
import { gipMdsEndpoints } from './gip-mds';
import { infogreffeEndpoints } from './infogreffe';
import { inpiEndpoints } from './inpi';
import { inseeEndpoints } from './insee';
import { ministereInterieurEndpoints } from './ministere-interieur';
import { ministeresSociauxEndpoints } from './ministeres-sociaux';
import { msaEndpoints } from './msa';
import { opqibiEndpoints } from './opqibi';
import { probtpEndpoints } from './probtp';
import { qualibatEndpoints } from './qualibat';
import { qualifelecEndpoints } from './qualifelec';
import { urssafEndpoints } from './urssaf';
import type { Endpoint } from './types';

/** Every data endpoint of versions 3 and 4 (API Entreprise OpenAPI, April 2026). */
export const currentGenerationEndpoints: readonly Endpoint[] = [
  ...ademeEndpoints,
  ...banqueDeFranceEndpoints,
  ...carifOrefEndpoints,
  ...cibtpEndpoints,
  ...cmaFranceEndpoints,
  ...cnetpEndpoints,
  ...dataSubventionEndpoints,
  ...dgfipEndpoints,
  ...djepvaEndpoints,
  ...douanesEndpoints,
  ...europeanCommissionEndpoints,
  ...fntpEndpoints,
  ...gipMdsEndpoints,
  ...infogreffeEndpoints,
  ...inpiEndpoints,
  ...inseeEndpoints,
  ...ministereInterieurEndpoints,
  ...ministeresSociauxEndpoints,
  ...msaEndpoints,
  ...opqibiEndpoints,
  ...probtpEndpoints,
  ...qualibatEndpoints,
  ...qualifelecEndpoints,
  ...urssafEndpoints,
];
