import type { JsonObject } from '../../../shared/domain/json';
import { platformFailure } from './failure';
import { emptyReply, jsonReply, type Reply, textReply } from './reply';
import type { SandboxServices } from './services';
import { bearerOf, verifyToken } from './tokens';

/** Ping routes, and the prefix of the provider each one watches. */
const pings: Readonly<Record<string, string>> = {
  'ademe/certification_rge': '19',
  'banque_de_france/bilans': '17',
  'carif_oref/qualiopi': '33',
  'cibtp/attestation_cotisations_conges_payes_chomage_intemperies': '38',
  'cnetp/attestation_cotisations_conges_payes_chomage_intemperies': '08',
  'dgfip/attestation_fiscale': '03',
  'dgfip/chiffre_affaires': '03',
  'dgfip/liasses_fiscales': '03',
  'djepva/api-association': '29',
  'douanes/immatriculations_eori': '16',
  'european_commission/numero_tva': '28',
  'fabrique_numerique_ministeres_sociaux/conventions_collectives': '14',
  'fntp/carte_professionnelle_travaux_publics': '12',
  'gip_mds/effectifs': '31',
  'infogreffe/rcs': '02',
  'inpi/rne': '34',
  'insee/sirene': '01',
  'msa/conformite_cotisations': '10',
  'opqibi/certification_ingenierie': '11',
  'qualibat/certifications': '06',
  'qualifelec/certificats': '32',
  'urssaf/attestation_sociale': '04',
};

const GONE = /^\/v3\/inpi\/unites_legales\/[^/]+\/(actes|brevets|marques|modeles)$/;

/** Routes that need no tracing parameter and count in no window; undefined: not one of them. */
export function serviceReply(path: string, authorization: string | undefined, services: SandboxServices): Reply | undefined {
  if (path === '/privileges' || path === '/v2/privileges') return privileges(authorization, services);
  if (path === '/v2/ping' || path === '/v3/ping') return jsonReply(200, { status: 'ok' });
  if (path === '/pings') return jsonReply(200, pingList(services));
  if (path.startsWith('/ping/')) return ping(path.slice('/ping/'.length), services);
  const isDead = GONE.test(path) || (path.startsWith('/v2/') && !services.conditions.v2Enabled);
  return isDead ? textReply(410, 'Cette API n’existe plus.') : undefined;
}

function privileges(authorization: string | undefined, { clock }: SandboxServices): Reply {
  return jsonReply(200, { privileges: verifyToken(bearerOf(authorization), clock.now()).scopes });
}

function pingList({ urls }: SandboxServices): JsonObject {
  return { pings: Object.keys(pings).map((route) => ({ name: route, url: `${urls.api()}/ping/${route}` })) };
}

function ping(route: string, { clock, conditions }: SandboxServices): Reply {
  const prefix = pings[route];
  if (!prefix) return emptyReply(404);
  const now = new Date(clock.now()).toISOString();
  const isDown = conditions.isDown(prefix) || conditions.maintenanceOf(prefix) !== undefined;
  const body = { status: isDown ? 'bad_gateway' : 'ok', last_update: now, last_ok_status: now };
  return jsonReply(isDown ? 502 : 200, body);
}

/** Direct and two-step links; undefined: not a link. */
export async function linkReply(path: string, services: SandboxServices): Promise<Reply | undefined> {
  const direct = /^\/proxy\/files\/([^/]+)$/.exec(path)?.[1];
  if (direct) return fileReply(direct, services);
  const opaque = /^\/proxy\/inpi\/download\/([^/]+)$/.exec(path)?.[1];
  return opaque ? twoStepReply(opaque, services) : undefined;
}

async function fileReply(id: string, { links, documents }: SandboxServices): Promise<Reply> {
  const link = links.find(id);
  if (link.kind !== 'alive') return emptyReply(404);
  const { bytes, contentType, fileName } = await documents.build(link.document);
  return {
    status: 200,
    headers: { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${fileName}"` },
    body: bytes,
  };
}

function twoStepReply(opaque: string, { links, urls }: SandboxServices): Reply {
  const link = links.find(opaque);
  if (link.kind === 'expired') throw platformFailure('00403');
  if (link.kind !== 'alive') throw platformFailure('00401');
  const id = links.create(link.document, 86_400);
  return jsonReply(200, { data: { document_url: `${urls.api()}/proxy/files/${id}` }, links: {}, meta: {} });
}
