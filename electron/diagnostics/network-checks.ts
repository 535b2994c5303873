import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

import { lengthText } from '../files/length-text';
import { chainOf, DIRECT, type Dispatcher, type FindWays, isLoopback, namesOf, nameOfWay, subjectName, TransportError, type Way } from '../http';
import { type Check, fault, type Finding, ok, skipped, transportFault, warning } from './finding';

const TIMEOUT_MS = 5_000;
const DAY_MS = 86_400_000;
const SOON_DAYS = 15;

export interface NetworkChecksDeps {
  readonly dispatcher: Dispatcher;
  readonly findWays: FindWays;
  /** Where the service is; null while it is not there. */
  readonly serviceUrl: () => URL | null;
  readonly now: () => number;
}

const NO_SERVICE = 'Le service de cet environnement n’a pas d’adresse pour le moment.';

/** From the way out to the certificate, in the order in which a call meets them. */
export function networkChecks(deps: NetworkChecksDeps): Record<'proxy' | 'dns' | 'tcp' | 'tls', Check> {
  const onService = (check: (url: URL, way: Way, signal: AbortSignal) => Promise<Finding>): Check => async (signal) => {
    const url = deps.serviceUrl();
    if (url === null) return skipped(NO_SERVICE);
    try {
      const [way = DIRECT] = isLoopback(url) ? [DIRECT] : await deps.findWays(url);
      return await check(url, way, signal);
    } catch (error) {
      return transportFault(error);
    }
  };
  return {
    proxy: onService((url, way) => Promise.resolve(describeWay(url, way))),
    dns: onService((url, way) => lookUp(url, way)),
    tcp: onService((url, way, signal) => openTcp(url, way, signal)),
    tls: onService((url, way) => inspectTls(deps, url, way)),
  };
}

function describeWay(url: URL, way: Way): Finding {
  if (isLoopback(url)) return ok('Le bac à sable est sur ce poste : aucun proxy.', { Service: url.host });
  if (way.kind === 'unsupported') return transportFault(new TransportError('proxy_unsupported'));
  return way.kind === 'direct' ? ok('Les appels sortent directement, sans proxy.', { Service: url.host }) : ok('Les appels passent par un proxy.', { Service: url.host, Proxy: nameOfWay(way) });
}

async function lookUp(url: URL, way: Way): Promise<Finding> {
  if (way.kind === 'proxy') return lookUpName(way.host, 'Le nom du proxy est trouvé ; celui du service l’est par le proxy.');
  return lookUpName(url.hostname.replace(/^\[|\]$/g, ''), 'Le nom du service est trouvé.');
}

async function lookUpName(name: string, sentence: string): Promise<Finding> {
  try {
    const addresses = await lookup(name, { all: true });
    return ok(sentence, { Nom: name, Adresses: addresses.map(({ address }) => address).join(', ') });
  } catch (error) {
    return transportFault(error, { Nom: name });
  }
}

async function openTcp(url: URL, way: Way, signal: AbortSignal): Promise<Finding> {
  const host = way.kind === 'proxy' ? way.host : url.hostname.replace(/^\[|\]$/g, '');
  const port = way.kind === 'proxy' ? way.port : Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const facts = { Adresse: `${host}:${port}` };
  try {
    const address = await reach(host, port, signal);
    return ok(way.kind === 'proxy' ? 'Le proxy accepte la connexion.' : 'Le service accepte la connexion.', { ...facts, Famille: address.includes(':') ? 'IPv6' : 'IPv4' });
  } catch (error) {
    return transportFault(way.kind === 'proxy' ? new TransportError('proxy_unreachable') : error, facts);
  }
}

/** Resolves to the address that answered. */
function reach(host: string, port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, autoSelectFamily: true, signal, timeout: TIMEOUT_MS }, () => {
      resolve(socket.remoteAddress ?? '');
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new TransportError('connect_timeout')));
    socket.once('error', reject);
  });
}

async function inspectTls({ dispatcher, now }: NetworkChecksDeps, url: URL, way: Way): Promise<Finding> {
  if (url.protocol !== 'https:') return skipped('Le bac à sable reste sur ce poste : sa liaison n’est pas chiffrée.');
  const socket = await dispatcher.connect(url, way);
  try {
    const certificate = socket.getPeerCertificate(true);
    const top = chainOf(certificate).at(-1);
    const end = Date.parse(certificate.valid_to);
    const facts = {
      'Délivré par': subjectName(certificate.issuer) ?? 'inconnu',
      Autorité: (top && subjectName(top.subject)) ?? 'inconnue',
      Noms: namesOf(certificate).join(', '),
      Validité: `${frenchDate(Date.parse(certificate.valid_from))} – ${frenchDate(end)}`,
      Version: socket.getProtocol() ?? '',
    };
    const days = Math.floor((end - now()) / DAY_MS);
    if (days >= SOON_DAYS) return ok('La liaison est chiffrée et le certificat reconnu.', facts);
    return warning(`Le certificat expire dans ${days === 0 ? 'la journée' : days === 1 ? '1 jour' : `${days} jours`}.`, 'Prévenez votre service informatique si c’est celui de votre organisation ; celui d’API Entreprise se renouvelle sans vous.', facts);
  } finally {
    socket.destroy();
  }
}

function frenchDate(time: number): string {
  const [year = '', month = '', day = ''] = new Date(time).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

const CLOCK_TOLERANCE_MS = 30_000;

/** Compares with the `Date` header, which counts whole seconds. */
export function clockFinding(serverDate: string | null, now: number): Finding {
  const served = Date.parse(serverDate ?? '');
  if (Number.isNaN(served)) return skipped('Le service n’a pas donné l’heure.');
  const gapSeconds = Math.round((now - served) / 1_000);
  const facts = { 'Écart': `${gapSeconds > 0 ? '+' : ''}${gapSeconds} s` };
  if (Math.abs(now - served) <= CLOCK_TOLERANCE_MS) return ok('L’heure de ce poste est juste.', facts);
  return fault(
    `L’horloge de ce poste ${gapSeconds > 0 ? 'avance' : 'retarde'} de ${lengthText(Math.abs(gapSeconds))}.`,
    'Mettez ce poste à l’heure (réglage automatique) : les certificats, les jetons et l’historique en dépendent.',
    facts,
  );
}
