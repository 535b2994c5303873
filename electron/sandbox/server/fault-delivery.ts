import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FaultEffect } from './conditions';
import { jsonReply, type Reply, sendReply, textReply } from './reply';

const MEGABYTE = 1_048_576;

/** Sends `reply` as the fault spoils it. Returns the status sent, null when none was. */
export async function deliverSpoiled(response: ServerResponse, reply: Reply, effect: FaultEffect): Promise<number | null> {
  switch (effect.kind) {
    case 'silence':
      return null;
    case 'cut':
      return cut(response, reply);
    case 'huge':
      await sendHuge(response, reply, effect.megabytes);
      return reply.status;
    default: {
      const spoiled = spoil(reply, effect);
      sendReply(response, spoiled);
      return spoiled.status;
    }
  }
}

type WholeEffect = Exclude<FaultEffect, { kind: 'silence' | 'cut' | 'huge' }> | { readonly kind: 'html' | 'empty' | 'truncated_pdf' };

function spoil(reply: Reply, effect: WholeEffect): Reply {
  if (effect.kind === 'status') {
    const { status, headers, body } = jsonReply(effect.status, effect.body ?? { errors: [] });
    return { status, headers: { ...reply.headers, ...headers }, body };
  }
  if (effect.kind === 'other_body') return { ...reply, body: Buffer.from(effect.text) };
  if (effect.kind === 'content_type') return { ...reply, headers: { ...reply.headers, 'Content-Type': effect.contentType } };
  if (effect.kind === 'html') {
    const page = textReply(reply.status, '<!doctype html><title>Maintenance</title><p>Service indisponible</p>');
    return { ...page, headers: { ...reply.headers, 'Content-Type': 'text/html; charset=utf-8' } };
  }
  if (effect.kind === 'truncated_pdf') return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
  return { ...reply, body: Buffer.alloc(0) };
}

/** Announces the whole body, sends half of it and cuts the connection. */
function cut(response: ServerResponse, { status, headers, body }: Reply): Promise<number> {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  return new Promise((resolve) => {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      response.destroy();
      resolve(status);
    });
  });
}

async function sendHuge(response: ServerResponse, { status, headers }: Reply, megabytes: number): Promise<void> {
  response.writeHead(status, headers);
  const block = Buffer.alloc(MEGABYTE, 0x20);
  await pipeline(Readable.from(Array.from({ length: megabytes }, () => block)), response);
}
